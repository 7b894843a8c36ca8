"""Text and bytes through an integration that is no proxy, as AWS sent them to S3 and back.

Recorded by LocalStack, `TestApiGatewayS3BinarySupport` (AWS, 2025): three bodies, an API with and without
`image/png` among its binary media types, three ways of contentHandling.
"""

from __future__ import annotations

import base64
import gzip

import pytest

from apitool.proxy.mapping.content import NotBase64Error, as_bytes, request_content, response_content

BYTES = gzip.compress(b"bytes that are no UTF-8", mtime=1_676_569_620)
BASE64 = base64.b64encode(BYTES)
TEXT = b"this is text"
BODIES = (BYTES, BASE64, TEXT)
REPLACED = BYTES.decode(errors="replace").encode()
AS_THEY_ARE = BODIES
AS_TEXT = (REPLACED, BASE64, TEXT)
ENCODED = tuple(base64.b64encode(body) for body in BODIES)
DECODED = (None, BYTES, None)  # None: a 500
PNG = ("image/png",)


@pytest.mark.parametrize(
    ("handling", "binary", "sent"),
    [
        (None, False, AS_TEXT),
        (None, True, AS_THEY_ARE),
        ("CONVERT_TO_TEXT", False, AS_TEXT),
        ("CONVERT_TO_TEXT", True, ENCODED),
        ("CONVERT_TO_BINARY", False, DECODED),
        ("CONVERT_TO_BINARY", True, AS_THEY_ARE),
    ],
)
def test_a_request_reaches_the_endpoint(handling, binary, sent):
    for body, expected in zip(BODIES, sent, strict=True):
        assert outcome(request_content, body, binary=binary, handling=handling) == expected


@pytest.mark.parametrize(
    ("handling", "types", "payload", "accept", "sent"),
    [
        (None, (), "image/png", "image/png", AS_TEXT),
        (None, PNG, "binary/octet-stream", "image/png", DECODED),
        (None, PNG, "image/png", "image/png", AS_THEY_ARE),
        (None, PNG, "binary/octet-stream", "text/plain", AS_TEXT),
        (None, PNG, "image/png", "text/plain", ENCODED),
        ("CONVERT_TO_TEXT", (), "image/png", "image/png", AS_TEXT),
        ("CONVERT_TO_TEXT", PNG, "binary/octet-stream", "image/png", AS_TEXT),
        ("CONVERT_TO_TEXT", PNG, "image/png", "image/png", ENCODED),
        ("CONVERT_TO_TEXT", PNG, "binary/octet-stream", "text/plain", AS_TEXT),
        ("CONVERT_TO_TEXT", PNG, "image/png", "text/plain", ENCODED),
        ("CONVERT_TO_BINARY", (), "image/png", "image/png", DECODED),
        ("CONVERT_TO_BINARY", PNG, "binary/octet-stream", "image/png", DECODED),
        ("CONVERT_TO_BINARY", PNG, "image/png", "image/png", AS_THEY_ARE),
        ("CONVERT_TO_BINARY", PNG, "binary/octet-stream", "text/plain", DECODED),
        ("CONVERT_TO_BINARY", PNG, "image/png", "text/plain", AS_THEY_ARE),
    ],
)
def test_an_answer_reaches_the_client(handling, types, payload, accept, sent):
    for body, expected in zip(BODIES, sent, strict=True):
        more = {"binary_types": types, "handling": handling}
        assert outcome(response_content, body, payload, accept, **more) == expected


def outcome(convert, *arguments, **more):
    try:
        return as_bytes(convert(*arguments, **more))
    except NotBase64Error:
        return None
