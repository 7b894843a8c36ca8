"""Rules for one value by itself, of what says who may call and what is refused."""

from __future__ import annotations

import re

from apitool.project import shown
from apitool.project.suggest import closest
from apitool.project.values import Refusal

# https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html, identitySource; the names as
# https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html has them
_SOURCE = re.compile(
    r"method\.request\.(header|querystring)\.[A-Za-z0-9._$-]+|stageVariables\.[A-Za-z0-9_]+|context\.[A-Za-z0-9._]+"
)
_PARAMETER = re.compile(r"method\.request\.(header|querystring)\.[A-Za-z0-9._$-]+")
_CACHE_KEY = re.compile(r"method\.request\.(header|querystring|path)\.[A-Za-z0-9._$-]+")
_USER_POOL = re.compile(r"arn:aws[a-z-]*:cognito-idp:[a-z0-9-]+:\d{12}:userpool/[\w-]+_[0-9A-Za-z]+")
_MODEL_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_SCOPE = re.compile(r"[!#-\[\]-~]{1,256}")  # RFC 6749, scope-token
_CONSTANT = re.compile(r"'[^'\x00-\x1f\x7f]*'")
_MAPPING = re.compile(r"(method\.request\.(header|querystring|path)\.\S+|context\.\S+|stageVariables\.\w+)")
_RESPONSE_HEADER = re.compile(r"[A-Za-z0-9!#$%&*+.^_`|~-]+")
_MEDIA_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+")
_PLACES = {
    "headers": "header",
    "header": "header",
    "query": "querystring",
    "querystring": "querystring",
    "path": "path",
}
# https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
RESPONSE_TYPES = (
    "ACCESS_DENIED",
    "API_CONFIGURATION_ERROR",
    "AUTHORIZER_CONFIGURATION_ERROR",
    "AUTHORIZER_FAILURE",
    "BAD_REQUEST_BODY",
    "BAD_REQUEST_PARAMETERS",
    "DEFAULT_4XX",
    "DEFAULT_5XX",
    "EXPIRED_TOKEN",
    "INTEGRATION_FAILURE",
    "INTEGRATION_TIMEOUT",
    "INVALID_API_KEY",
    "INVALID_SIGNATURE",
    "MISSING_AUTHENTICATION_TOKEN",
    "QUOTA_EXCEEDED",
    "REQUEST_TOO_LARGE",
    "RESOURCE_NOT_FOUND",
    "THROTTLED",
    "UNAUTHORIZED",
    "UNSUPPORTED_MEDIA_TYPE",
    "WAF_FILTERED",
)
_WRONG_ANYWHERE = ("missing )", "unbalanced", "unterminated", "nothing to repeat", "multiple repeat")
_LONGEST_KEY_NAME = 1_024  # characters, of keys and usage plans


def authorizer_name(value: str) -> Refusal | None:
    if value == "none":
        return Refusal("must be another name: `none` opens a route", "rename it")
    if not re.fullmatch(r"[a-z]([a-z0-9-]*[a-z0-9])?", value):
        return Refusal("must be lower-case letters, digits and `-`, from a letter to a letter or digit")
    return None


def identity_source(value: str) -> Refusal | None:
    if _SOURCE.fullmatch(value):
        return None
    return Refusal(
        "must be `method.request.header.NAME`, `method.request.querystring.NAME`, `stageVariables.NAME` or"
        " `context.NAME`",
        _sourced(value) or "e.g. `method.request.header.Authorization`",
    )


def required_parameter(value: str) -> Refusal | None:
    """Those of the path are always there."""
    if _PARAMETER.fullmatch(value):
        return None
    return Refusal(
        "must be `method.request.header.NAME` or `method.request.querystring.NAME`",
        _sourced(value) or "e.g. `method.request.querystring.page`",
    )


def cache_key_parameter(value: str) -> Refusal | None:
    if _CACHE_KEY.fullmatch(value):
        return None
    return Refusal(
        "must be `method.request.header.NAME`, `method.request.querystring.NAME` or"
        " `method.request.path.NAME`",
        _sourced(value) or "e.g. `method.request.querystring.page`",
    )


def user_pool(value: str) -> Refusal | None:
    if _USER_POOL.fullmatch(value):
        return None
    return Refusal(
        "must be the ARN of a Cognito user pool",
        "e.g. `arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_AbCdEfGhI`",
    )


def regular_expression(value: str) -> Refusal | None:
    """API Gateway reads Java's; what is wrong in either language is refused."""
    try:
        re.compile(re.sub(r"\(\?<(?![=!])", "(?P<", value))
    except re.error as error:
        if error.msg.startswith(_WRONG_ANYWHERE):
            return Refusal(f"must be a regular expression: {error.msg}")
    return None if value else Refusal("must be a regular expression", "leave it out to take any token")


def scope(value: str) -> Refusal | None:
    if _SCOPE.fullmatch(value):
        return None
    return Refusal("must be a scope, without blanks", "e.g. `orders/read`")


def model_name(value: str) -> Refusal | None:
    if _MODEL_NAME.fullmatch(value):
        return None
    mended = re.sub(r"[^A-Za-z0-9]", "", value.title()).lstrip("0123456789")
    return Refusal("must be letters and digits, from a letter", f"e.g. `{mended or 'Order'}`")


def response_type(value: str) -> Refusal | None:
    if value in RESPONSE_TYPES:
        return None
    near = closest(value, RESPONSE_TYPES)
    fix = f"did you mean `{near}`?" if near else f"they are {', '.join(RESPONSE_TYPES)}"
    return Refusal("must be a type of gateway response", fix)


def response_header(value: str) -> Refusal | None:
    if not _RESPONSE_HEADER.fullmatch(value):
        return Refusal("must be the name of a header", "e.g. `WWW-Authenticate`, in quotes")
    return None


def response_value(value: str) -> Refusal | None:
    """A constant has AWS's single quotes, which can't be escaped inside; all else is looked up."""
    if _CONSTANT.fullmatch(value) or _MAPPING.fullmatch(value):
        return None
    plain = value.strip("'\"")
    return Refusal(
        "must be a constant in single quotes, or `method.request.…`, `context.…` or `stageVariables.…`",
        f"\"'{shown.text(plain)}'\"" if "'" not in plain else "a constant has no `'` inside",
    )


def template_type(value: str) -> Refusal | None:
    return (
        None if _MEDIA_TYPE.fullmatch(value) else Refusal("must be a content type", "e.g. `application/json`")
    )


def description(value: str) -> Refusal | None:
    if len(value) > _LONGEST_KEY_NAME:
        return Refusal(f"must have at most {_LONGEST_KEY_NAME:,} characters")
    return None


def _sourced(value: str) -> str | None:
    """`header.X-Tenant` and `headers.X-Tenant` are what people mean; a bare name is a header."""
    place, dot, name = value.removeprefix("method.request.").partition(".")
    if dot and place.lower() in _PLACES and re.fullmatch(r"[A-Za-z0-9._$-]+", name):
        return f"`method.request.{_PLACES[place.lower()]}.{name}`"
    if re.fullmatch(r"[A-Za-z0-9_-]+", value):
        return f"`method.request.header.{value}`"
    return None
