"""What an answer says by itself: who made it, and what it may have been for, given the route that was asked.

`x-amzn-ErrorType` tells an answer of the gateway's own from one it passed on (recorded by stackd: a 503 that
the function chose has none). What it does not tell stands as several possibilities, narrowed by what the
route asks for; a log decides between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from apitool.logs.gateway_causes import BY_MESSAGE, BY_TYPE, UNSIGNED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.logs.pasted import Pasted
    from apitool.proxy.api import Method

MadeBy = Literal["gateway", "integration", "unknown"]
_ERROR = 400
_SERVER_ERROR, _BAD_GATEWAY, _GATEWAY_TIMEOUT = 500, 502, 504
_NETWORK = "Network error communicating with endpoint"
_FUNCTIONS = ("AWS_PROXY", "AWS")


@dataclass(frozen=True, slots=True)
class AnswerVerdict:
    """`possible` are causes that fit, the likeliest first; one is certain, none says all is in order."""

    made_by: MadeBy
    what: str
    possible: tuple[str, ...] = ()
    next_step: str | None = None


def of_answer(answer: Pasted, method: Method | None, *, stage: str, explain: str) -> AnswerVerdict:
    """The verdict from the answer alone.

    Args:
        answer: status, headers, and the message of the gateway's own body if it has that shape.
        method: of the declared API that matches the request; None when none does.
        stage: the stage's name.
        explain: the command that looks the request up in the logs, without its id.
    """
    failed = (answer.status or 0) >= _ERROR
    next_step = f"{explain} {answer.ids[0]}" if failed and answer.ids else None
    if answer.error_type:
        what = f"API Gateway made this answer, not {_integration(method)} (x-amzn-ErrorType)"
        return AnswerVerdict("gateway", what, tuple(_by_gateway(answer, method, stage)), next_step)
    if not answer.ids:
        what = "Nothing says that API Gateway answered: neither x-amzn-RequestId nor x-amz-apigw-id is there"
        return AnswerVerdict("unknown", what, _BEFORE_THE_GATEWAY if failed else ())
    possible = tuple(_passed_on(answer, method)) if failed else ()
    return AnswerVerdict("integration", _made(answer, method), possible, next_step)


_BEFORE_THE_GATEWAY = (
    "something in front of the API answered: a proxy, a CDN, AWS WAF",
    "the URL leads to another server",
)


def _integration(method: Method | None) -> str:
    kind = method.integration.type if method and method.integration else ""
    if kind in _FUNCTIONS and method and method.integration and ":lambda:" in method.integration.uri:
        return "the function"
    return {"MOCK": "its MOCK", "AWS": "the service behind it"}.get(kind, "an integration")


def _made(answer: Pasted, method: Method | None) -> str:
    if method is None:
        return "An integration answered, though no declared route has this method and path"
    kind = method.integration.type if method.integration else ""
    maps = kind in {"AWS", "HTTP"} or (kind == "MOCK" and answer.status is not None)
    how = "the gateway mapped it" if maps else "the gateway passed it on"
    who = _integration(method)
    return f"{who[0].upper()}{who[1:]} made this answer; {how} (no x-amzn-ErrorType)"


def _passed_on(answer: Pasted, method: Method | None) -> Iterator[str]:
    if method is None:
        yield "the deployed API is not the declared one: apitool up"
    elif method.integration and method.integration.type in {"AWS", "HTTP"}:
        yield f"an integration response with status {answer.status} took the endpoint's answer"
    else:
        yield f"it chose status {answer.status} itself"


def _by_gateway(answer: Pasted, method: Method | None, stage: str) -> Iterator[str]:
    """What fits the error's type; the type stays when a gateway response changes status or body."""
    match answer.error_type:
        case "MissingAuthenticationTokenException":
            yield from _no_method(method)
        case "ForbiddenException":
            yield f"the URL's first segment names no deployed stage; this one is `{stage}`"
            if method is None or method.api_key_required:
                yield BY_TYPE["INVALID_API_KEY"].what
            yield "AWS WAF or the endpoint's own rules said no"
        case "AccessDeniedException":
            if method is None or method.authorization in {"CUSTOM", "COGNITO_USER_POOLS"}:
                yield "the authorizer's policy, or the token's scopes, do not cover this method"
            yield "the API's resource policy, or the caller's own, denies this request"
        case "UnauthorizedException":
            yield BY_TYPE["UNAUTHORIZED"].what
        case "AuthorizerConfigurationException":
            yield BY_TYPE["AUTHORIZER_FAILURE"].what
            yield BY_TYPE["AUTHORIZER_CONFIGURATION_ERROR"].what
        case "InternalServerErrorException":
            yield from _internal(answer, method)
        case _:
            yield _by_words(answer)


def _by_words(answer: Pasted) -> str:
    kind = BY_MESSAGE.get((answer.status or 0, answer.message or ""))
    if kind is None and (answer.message or "").startswith("Missing required request parameters"):
        return f"{BY_TYPE['BAD_REQUEST_PARAMETERS'].what}: {answer.message}"
    return BY_TYPE[kind].what if kind else f"{answer.error_type}: {answer.message or 'no message'}"


def _no_method(method: Method | None) -> Iterator[str]:
    if method is None:
        yield BY_TYPE["MISSING_AUTHENTICATION_TOKEN"].what
        return
    if method.authorization == "AWS_IAM":
        yield UNSIGNED.what
    yield "the route is declared and not deployed: apitool up"


def _internal(answer: Pasted, method: Method | None) -> Iterator[str]:
    status = answer.status
    integration = method.integration if method else None
    function = integration is None or (integration.type in _FUNCTIONS and ":lambda:" in integration.uri)
    known = status in {_SERVER_ERROR, _BAD_GATEWAY, _GATEWAY_TIMEOUT}
    if status == _GATEWAY_TIMEOUT or not known:
        if answer.message != _NETWORK:
            yield "no answer within the integration's timeout; what was called may run on"
        if not function:
            yield "the endpoint could not be reached"
    if function and (status == _BAD_GATEWAY or not known):
        yield "the function raised, crashed, or ran into its own timeout"
        if integration is None or integration.type == "AWS_PROXY":
            yield "what it returned is no proxy response: statusCode, headers, body as text"
    if status == _SERVER_ERROR or not known:
        yield from _configuration(method, function=function)


def _configuration(method: Method | None, *, function: bool) -> Iterator[str]:
    integration = method.integration if method else None
    role = bool(integration and integration.credentials)
    if role:
        yield "API Gateway may not assume the integration's role, which is new, gone, or trusts somebody else"
    if function:
        if not role:
            yield "the function's resource policy does not let this API invoke it"
        yield "Lambda throttled the function, or there is no such version or alias"
    if integration is None or integration.type == "AWS_PROXY":
        yield "isBase64Encoded is true and the body is not base64"
    if integration is None or integration.type != "AWS_PROXY":
        yield "a mapping template failed, or no integration response takes the answer"
        yield "the integration's address can't be used: a host, a stage variable or a parameter is missing"
