"""Base64 answers, decoded or not: eighteen rows of LocalStack's, and the documentation for `*/*`."""

from __future__ import annotations

import base64

from tests.cases.case import Api, Case, Sent, routes
from tests.cases.checks import gateways_own, sent
from tests.cases.recorded_answers import INTERNAL

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/wIAAgkBAyMAlYwAAAAASUVORK5CYII="
NONE, LEFT, RIGHT = (), ("image/png", "*/test"), ("image/png", "application/*", "image/jpg")
BINARY: list[tuple[tuple[str, ...], str | None, str | None, bool, bool]] = [
    # binaryMediaTypes, Accept, the answer's Content-Type, isBase64Encoded, decoded
    (NONE, "image/png", "image/png", True, False),
    (LEFT, "image/png", "image/png", True, True),
    (LEFT, "image/jpg", "image/png", True, False),
    (LEFT, "image/*", "image/png", True, False),
    (LEFT, "*/test", "image/png", True, False),
    (LEFT, "random/test", "image/png", True, False),
    (LEFT, "*/*", "image/png", True, False),
    (LEFT, "image/webp,image/png,*/*;q=0.8", "image/png", True, False),
    (LEFT, "image/png,image/*,*/*;q=0.8", "image/png", True, True),
    (LEFT, "image/png", "image/png", False, False),
    (RIGHT, "image/png", "image/png", True, True),
    (RIGHT, "application/whatever", "application/test", True, True),
    (RIGHT, "application/test", "application/test", True, True),
    (RIGHT, "application/*", "application/test", True, True),
    (RIGHT, "image/jpg", "image/png", True, True),
    (RIGHT, "image/png", "application/whatever", True, True),
    (RIGHT, "image/png", None, True, True),
    (RIGHT, "application", None, True, False),
    (RIGHT, None, None, True, False),
]
BINARY_APIS = {
    types: Api(
        f"binary-{name}",
        routes("ANY /{proxy+}"),
        members={"x-amazon-apigateway-binary-media-types": list(types)},
    )
    for name, types in (("none", NONE), ("left", LEFT), ("right", RIGHT), ("all", ("*/*",)))
}


def _binary() -> list[Case]:
    cases = []
    for types, accept, content_type, flag, decoded in BINARY:
        headers = {"Cache-Control": "no-cache", **({"Content-Type": content_type} if content_type else {})}
        returned = {"statusCode": 200, "body": PNG, "isBase64Encoded": flag, "headers": headers}
        body = base64.b64decode(PNG) if decoded else PNG.encode()
        asked = (("User-Agent", "python/test"), *((("Accept", accept),) if accept else ()))
        name = f"binary: {','.join(types) or 'no types'} asked for {accept}, {content_type}, {flag}"
        api, request = BINARY_APIS[types], Sent("POST /dev/test", asked)
        length = str(len(body))
        check = sent(200, body, Content_Length=length, Content_Type=content_type or "application/json")
        cases.append(Case(name, "R LS", api, request, check, returned))
    broken = {"statusCode": 200, "body": "èé+à)(", "isBase64Encoded": True}
    asked = Sent("POST /dev/test", (("Accept", "image/png"),))
    cases.append(
        Case("binary: no base64", "R LS", BINARY_APIS[RIGHT], asked, gateways_own(500, INTERNAL), broken)
    )
    whole = {"statusCode": 200, "body": PNG, "isBase64Encoded": True}
    for accept in ("*/*", "image/webp,*/*;q=0.8", "text/html"):
        asked = Sent("GET /dev/x", (("Accept", accept),))
        name = f"binary: */* asked for {accept}"
        check = sent(200, base64.b64decode(PNG))
        cases.append(Case(name, "D", BINARY_APIS["*/*",], asked, check, whole))
    return cases


CASES = _binary()
