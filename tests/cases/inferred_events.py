"""Events nobody recorded: what follows for other requests from the recorded rules, from what
documentation says (D), from other implementations (C), and from our own reading (G).
"""

from __future__ import annotations

from tests.cases.case import Case, Sent
from tests.cases.checks import all_of, event, event_of, header_names, headers_seen, maps_agree
from tests.cases.recorded_events import ALL_BINARY, BINARY, EDGE, REGIONAL

QUERIES = {
    "a=1&a=2&b=3": {"a": ["1", "2"], "b": ["3"]},
    "b=1&a=2&b=3": {"b": ["1", "3"], "a": ["2"]},
    "a=&a=1": {"a": ["", "1"]},
    "a=1&a=": {"a": ["1", ""]},
    "a": {"a": [""]},
    "a=b=c": {"a": ["b=c"]},
    "a%5B%5D=1&a%5B%5D=2": {"a[]": ["1", "2"]},
    "a=%C3%A9&%C3%A9=b": {"a": ["é"], "é": ["b"]},
    "a=1+2%2B3": {"a": ["1 2+3"]},
    "a=x%26y&b=%3D": {"a": ["x&y"], "b": ["="]},
    "A=1&a=2": {"A": ["1"], "a": ["2"]},
    "a=1;a=2": {"a": ["1", "2"]},
    "a=/b?c": {"a": ["/b?c"]},
}


def _forwarded(answer) -> None:
    seen = event_of(answer)
    source_ip = seen["requestContext"]["identity"]["sourceIp"]
    assert seen["headers"]["X-Forwarded-For"].startswith(f"203.0.113.9, 10.0.0.1, {source_ip}")
    assert seen["multiValueHeaders"]["X-Forwarded-For"] == [seen["headers"]["X-Forwarded-For"]]


CASES: list[Case] = [
    *(
        Case(
            f"path: {text}",
            "R LS, others of the kind",
            REGIONAL,
            Sent(f"GET /dev/orders/{text}"),
            event(path=f"/orders/{text}", pathParameters={"id": text.removesuffix("/")}),
        )
        for text in (
            "a%2Fb",
            "a%2fb",
            "a+b",
            "a;b=c",
            "a,b",
            "a%20b",
            "%C3%A9",
            "a@b:c",
            "a%25b",
            "~a",
            "x/",
        )
    ),
    *(
        Case(
            f"query: {text}",
            "R LS, R stackd, others of the kind",
            REGIONAL,
            Sent(f"GET /dev/echo?{text}"),
            event(
                queryStringParameters={name: values[-1] for name, values in decoded.items()},
                multiValueQueryStringParameters=decoded,
            ),
        )
        for text, decoded in QUERIES.items()
    ),
    *(
        Case(
            f"headers: X-Forwarded-For of the client, {api.endpoint}",
            "D",
            api,
            Sent(f"GET /{api.stage}{path}", (("X-Forwarded-For", "203.0.113.9, 10.0.0.1"),)),
            _forwarded,
        )
        for api, path in ((REGIONAL, "/echo"), (EDGE, "/hardcoded"))
    ),
    Case(
        "headers: of the gateway's own names, sent by the client",
        "G",
        REGIONAL,
        Sent("GET /dev/echo", (("X-Forwarded-Proto", "http"), ("X-Forwarded-Port", "80"))),
        headers_seen({"X-Forwarded-Proto": "https", "X-Forwarded-Port": "443"}),
    ),
    Case(
        "headers: a regional API keeps the client's spelling",
        "G",
        REGIONAL,
        Sent("GET /dev/echo", (("authorization", "a"), ("user-Agent", "b"), ("ACCEPT", "c"))),
        all_of(headers_seen({"authorization": "a", "user-Agent": "b", "ACCEPT": "c"}), maps_agree),
    ),
    Case(
        "headers: one name in three spellings",
        "G",
        REGIONAL,
        Sent("GET /dev/echo", (("X-Own", "1"), ("x-own", "2"), ("X-OWN", "3"))),
        all_of(headers_seen({"X-Own": "3"}), header_names(there=("X-Own",)), maps_agree),
    ),
    *(
        Case(
            f"body: {content_type} is {'base64' if binary else 'text'}",
            "D",
            BINARY,
            Sent("POST /dev/echo", (("Content-Type", content_type),), b"abc"),
            event(body="YWJj" if binary else "abc", isBase64Encoded=binary),
        )
        for content_type, binary in (
            ("IMAGE/PNG", True),
            ("image/png;charset=utf-8", True),
            ("application/x-www-form-urlencoded", True),
            ("image/*", False),
            ("*/*", False),
            ("text/plain; charset=utf-8", False),
            ("multipart/form-data; boundary=x", False),
        )
    ),
    Case(
        "body: of no type with all types binary",
        "D",
        ALL_BINARY,
        Sent("POST /dev/echo", (), b"\xff\x00"),
        event(body="/wA=", isBase64Encoded=True),
    ),
    Case(
        "body: none with all types binary",
        "C",
        ALL_BINARY,
        Sent("GET /dev/echo"),
        event(body=None, isBase64Encoded=False),
    ),
    Case(
        "body: of a GET",
        "G",
        REGIONAL,
        Sent("GET /dev/echo", (("Content-Type", "text/plain"),), b"abc"),
        event(body="abc", isBase64Encoded=False),
    ),
    Case(
        "body: in chunks",
        "D",
        REGIONAL,
        Sent(
            "POST /dev/echo",
            (("Transfer-Encoding", "chunked"),),
            raw_body=b"1\r\na\r\n2\r\nbc\r\n0\r\n\r\n",
        ),
        all_of(event(body="abc"), header_names(gone=("Transfer-Encoding", "Content-Length"))),
    ),
]
