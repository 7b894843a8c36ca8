"""The body of a function's answer: text, or bytes when both sides agree that it is binary."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from apitool.proxy.frozen import frozen
from apitool.proxy.media import first_accepted, response_is_binary
from apitool.proxy.verdict import Finding

if TYPE_CHECKING:
    from apitool.proxy.response_shape import ProxyResponse

BODILESS = frozenset({204, 304})
"""A client reads the next answer right after their heads (RFC 9110, 6.4.1)."""


@frozen(slots=True)
class Encoded:
    """`content` is None when the body should have been base64 and is not: AWS answers 500 (recorded)."""

    content: bytes | None
    findings: tuple[Finding, ...] = ()


def encode_body(response: ProxyResponse, accept: str | None, binary_types: tuple[str, ...]) -> Encoded:
    """What goes over the wire for `body`."""
    if response.status in BODILESS and response.body:
        return Encoded(b"", (_no_body_there(response.status),))
    if not response.base64:
        return _text(response.body)
    if not response_is_binary(accept, binary_types):
        return Encoded(response.body.encode(errors="replace"), (_stays_text(accept),))
    try:
        return Encoded(base64.b64decode(response.body.encode(), validate=True))
    except (binascii.Error, UnicodeEncodeError):
        return Encoded(None, (_NOT_BASE64,))


def _text(body: str) -> Encoded:
    try:
        return Encoded(body.encode())
    except UnicodeEncodeError:
        return Encoded(body.encode(errors="replace"), (_LONE_SURROGATE,))


def _stays_text(accept: str | None) -> Finding:
    first = first_accepted(accept)
    asked = f"asked for `{first}` first" if first else "sent no Accept header"
    return Finding(
        rule="response.base64-sent-as-text",
        what=f"The client gets base64 text: it {asked}, which is none of binaryMediaTypes",
        fix="Add the type to binaryMediaTypes (only `*/*` serves every client) and redeploy",
        pointer="/isBase64Encoded",
        severity="warning",
    )


def _no_body_there(status: int) -> Finding:
    return Finding(
        rule="response.body-of-a-bodiless-status",
        what=f"An answer with status {status} has no body: this one's is not sent",
        fix="Return another status, or no body",
        pointer="/body",
        severity="warning",
        recorded=False,
    )


_NOT_BASE64 = Finding(
    rule="response.body-not-base64",
    what="`isBase64Encoded` is true, but `body` is not base64",
    fix="Return base64.b64encode(data).decode()",
    pointer="/body",
)
_LONE_SURROGATE = Finding(
    rule="response.body-lone-surrogate",
    what="`body` holds half a surrogate pair, which UTF-8 can't carry; it is sent as `?`",
    fix="Decode the text with the right encoding before returning it",
    pointer="/body",
    severity="warning",
    recorded=False,
)
