"""Text and bytes on their way through an integration that is not a proxy: contentHandling against
binaryMediaTypes (AWS documentation, "Content type conversions"; recorded for S3 by LocalStack,
`test_apigw_s3_binary_support_*`).
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from apitool.proxy.media import first_accepted, matches

if TYPE_CHECKING:
    from apitool.proxy.api import ContentHandling

Content = str | bytes


class NotBase64Error(ValueError):
    """Text that should become bytes is not base64: a 500."""


def request_content(body: bytes, *, binary: bool, handling: ContentHandling | None) -> Content:
    """The body as the request template or the endpoint gets it.

    Raises:
        NotBase64Error: CONVERT_TO_BINARY of text that is none.
    """
    if binary:
        return base64.b64encode(body).decode() if handling == "CONVERT_TO_TEXT" else body
    return _decoded(body) if handling == "CONVERT_TO_BINARY" else body.decode(errors="replace")


def response_content(
    body: bytes,
    content_type: str | None,
    accept: str | None,
    *,
    binary_types: tuple[str, ...],
    handling: ContentHandling | None,
) -> Content:
    """The body as the response template or the client gets it.

    Without contentHandling the client decides: bytes when the first type it accepts is a binary one.

    Raises:
        NotBase64Error: text that should become bytes is not base64.
    """
    wants_bytes = matches(first_accepted(accept) or "", binary_types) if accept else False
    to_text = handling == "CONVERT_TO_TEXT" or (handling is None and not wants_bytes)
    if content_type is not None and matches(content_type, binary_types):
        return base64.b64encode(body).decode() if to_text else body
    return body.decode(errors="replace") if to_text else _decoded(body)


def as_bytes(content: Content) -> bytes:
    return content.encode(errors="replace") if isinstance(content, str) else content


def _decoded(body: bytes) -> bytes:
    try:
        return base64.b64decode(body, validate=True)
    except binascii.Error as error:
        raise NotBase64Error(str(error)) from None
