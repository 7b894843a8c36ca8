"""Rules for one value of an integration: where a parameter goes, where it is taken from, endpoints.

The expressions are API Gateway's:
https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
"""

from __future__ import annotations

import re

from apitool.project import shown
from apitool.project.values import Refusal
from apitool.proxy.integrations.integration_rules import POISONOUS_HEADERS

_NAME = r"[A-Za-z0-9!#$%&'*+.^_`|~-]+"  # of a header (RFC 9110); API Gateway takes the same for queries
_TARGET = re.compile(rf"integration\.request\.(header|querystring|path)\.({_NAME})")
_CONSTANT = re.compile(r"'[^'\x00-\x1f\x7f]*'")
_ANYWHERE = r"context\.[A-Za-z0-9_.]+|stageVariables\.[A-Za-z0-9_]+"
_REQUEST_SOURCE = re.compile(
    rf"method\.request\.(header|querystring|path|multivalueheader|multivaluequerystring)\.{_NAME}"
    rf"|method\.request\.body(\.[^\s']+|\[[^\s']+)?|{_ANYWHERE}"
)
_RESPONSE_SOURCE = re.compile(
    rf"integration\.response\.(header|multivalueheader)\.{_NAME}"
    rf"|integration\.response\.body(\.[^\s']+|\[[^\s']+)?|{_ANYWHERE}"
)
_HEADER = re.compile(_NAME)
_TEMPLATE_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+|\$default")
_ENDPOINT = re.compile(r"https?://[^\s/?#]+[^\s#]*")
_VPC_LINK = re.compile(r"[a-z0-9]{6,10}|\$\{stageVariables\.[A-Za-z0-9_]+\}")


def request_target(value: str) -> Refusal | None:
    """A key of `request_parameters`."""
    found = _TARGET.fullmatch(value)
    if found is None:
        return Refusal(
            "must be `integration.request.` and `header.`, `querystring.` or `path.`, and a name",
            "e.g. `integration.request.header.X-Tenant`",
        )
    if found[1] == "header" and found[2].lower() in POISONOUS_HEADERS:
        return Refusal(
            f"must be another header: API Gateway fails every call that maps `{found[2]}`", "remove it"
        )
    return None


def request_source(value: str) -> Refusal | None:
    """A value of `request_parameters`."""
    if _CONSTANT.fullmatch(value) or _REQUEST_SOURCE.fullmatch(value):
        return None
    return Refusal(
        "must be a constant in single quotes, or one of method.request.header.NAME, .querystring.NAME,"
        " .path.NAME, .body, context.NAME, stageVariables.NAME",
        _constant(value),
    )


def response_source(value: str) -> Refusal | None:
    """A value of a response's `headers`."""
    if _CONSTANT.fullmatch(value) or _RESPONSE_SOURCE.fullmatch(value):
        return None
    return Refusal(
        "must be a constant in single quotes, or one of integration.response.header.NAME,"
        " integration.response.body.PATH, context.NAME, stageVariables.NAME",
        _constant(value),
    )


def response_header(value: str) -> Refusal | None:
    if _HEADER.fullmatch(value):
        return None
    return Refusal("must be the name of a header", "e.g. `Cache-Control`, without `method.response.header.`")


def template_type(value: str) -> Refusal | None:
    """The Content-Type a template is for; no parameters, no wildcard: API Gateway compares the text."""
    if _TEMPLATE_TYPE.fullmatch(value):
        return None
    plain = value.partition(";")[0].strip()
    near = f"`{shown.text(plain)}`" if _TEMPLATE_TYPE.fullmatch(plain) else "e.g. `application/json`"
    return Refusal("must be a media type without parameters and wildcards", near)


def endpoint(value: str) -> Refusal | None:
    """Which of the two an integration takes: `integrations.py`."""
    if _ENDPOINT.fullmatch(value) or value.startswith("arn:"):
        return None
    return Refusal("must be an http:// or https:// URL", "e.g. `https://example.com/orders/{orderId}`")


def vpc_link(value: str) -> Refusal | None:
    if _VPC_LINK.fullmatch(value):
        return None
    fix = "e.g. `a1b2c3` or `${stageVariables.link}`"
    return Refusal("must be the id of a VPC link, or a stage variable", fix)


def _constant(value: str) -> str:
    return f"a constant: `'{shown.text(value.strip(chr(39)))}'`"
