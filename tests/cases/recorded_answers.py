"""What clients got for what functions returned: LocalStack's format tests, stackd; strict elsewhere."""

from __future__ import annotations

from typing import Any

from tests.cases.case import Api, Case, Raises, Sent, routes
from tests.cases.checks import all_of, gateways_own, sent, spelt

ANY = Api("any", routes("ANY /{proxy+}"))
INTERNAL = "Internal server error"
MALFORMED = gateways_own(502, INTERNAL)
NOTHING = b""
JSON = {"Content_Type": "application/json", "Content_Length": "0"}

RETURNED: list[tuple[str, str, object, Any]] = [
    ("no body", "R LS", {"statusCode": 200}, sent(200, NOTHING, **JSON)),
    ("empty object", "R LS", {}, sent(200, NOTHING, **JSON)),
    ("headers only", "R LS", {"headers": {"test-header": "value"}}, sent(200, NOTHING, test_header="value")),
    (
        "header value true",
        "R LS",
        {"statusCode": 200, "headers": {"test-header": "value", "header-bool": True}},
        sent(200, NOTHING, test_header="value", header_bool="true"),
    ),
    ("headers null", "R LS", {"statusCode": 200, "headers": None}, sent(200, NOTHING, **JSON)),
    ("status as text", "R LS", {"statusCode": "201"}, sent(201, NOTHING)),
    ("status no number", "R LS", {"statusCode": "test"}, MALFORMED),
    ("unknown key", "R LS", {"statusCode": 200, "wrongValue": "value"}, MALFORMED),
    (
        "header value false",
        "G like true",
        {"headers": {"header-bool": False}},
        sent(200, NOTHING, header_bool="false"),
    ),
    (
        "multi headers null",
        "G like headers",
        {"statusCode": 200, "multiValueHeaders": None},
        sent(200, NOTHING, **JSON),
    ),
    ("body null", "G", {"statusCode": 200, "body": None}, sent(200, NOTHING, **JSON)),
    ("body empty", "R LS, as none", {"statusCode": 200, "body": ""}, sent(200, NOTHING, **JSON)),
    ("no status but a body", "R LS, of the kind", {"body": "x"}, sent(200, b"x", Content_Length="1")),
    ("status as text with a body", "R LS, of the kind", {"statusCode": "404", "body": "x"}, sent(404, b"x")),
    ("text instead of an object", "R LS", "justAString", MALFORMED),
    ("multi header as text", "R LS", {"statusCode": 200, "multiValueHeaders": {"a": "value1"}}, MALFORMED),
    ("multi headers a list", "M", {"statusCode": 200, "multiValueHeaders": []}, MALFORMED),
    (
        "multi headers",
        "R LS",
        {"statusCode": 200, "multiValueHeaders": {"test-multi": ["value1", "value2"]}},
        all_of(sent(200, NOTHING), spelt("test-multi", "value1, value2")),
    ),
    (
        "both maps of headers",
        "R LS",
        {
            "statusCode": 200,
            "multiValueHeaders": {"test-multi": ["value-multi"]},
            "headers": {"test-multi": "value-solo"},
        },
        all_of(sent(200, NOTHING), spelt("test-multi", "value-multi, value-solo")),
    ),
    (
        "both maps in other case",
        "R LS",
        {
            "statusCode": 200,
            "multiValueHeaders": {"tesT-Multi": ["value-multi"]},
            "headers": {"test-multi": "value-solo"},
        },
        all_of(sent(200, NOTHING), spelt("tesT-Multi", "value-multi, value-solo")),
    ),
    (
        "the same pair in both maps",
        "D",
        {"multiValueHeaders": {"a": ["1", "2"]}, "headers": {"a": "1"}},
        sent(200, NOTHING, a="1, 2"),
    ),
    (
        "both maps, other names",
        "R LS, of the kind",
        {"multiValueHeaders": {"a": ["1", "2"]}, "headers": {"b": "3"}},
        sent(200, NOTHING, a="1, 2", b="3"),
    ),
    (
        "the same pair in both maps, in other case",
        "D",
        {"multiValueHeaders": {"X-A": ["1"]}, "headers": {"x-a": "1"}},
        all_of(sent(200, NOTHING), spelt("X-A", "1")),
    ),
    (
        "the content type in small letters",
        "R LS, of the kind",
        {"headers": {"content-type": "text/html"}, "body": "<p>"},
        all_of(sent(200, b"<p>"), spelt("content-type", "text/html")),
    ),
    (
        "the content type in the multi map",
        "R LS, of the kind",
        {"multiValueHeaders": {"Content-Type": ["text/css"]}, "body": "a{}"},
        sent(200, b"a{}", Content_Type="text/css"),
    ),
    (
        "a location",
        "R stackd, of the kind",
        {"statusCode": 302, "headers": {"Location": "/there"}},
        sent(302, NOTHING, Location="/there"),
    ),
    (
        "base64 of an API without binary types",
        "R LS",
        {"statusCode": 200, "body": "dGVzdC1kYXRh", "isBase64Encoded": True},
        sent(200, b"dGVzdC1kYXRh"),
    ),
    (
        "base64 without its flag",
        "R LS",
        {"statusCode": 200, "body": "dGVzdC1kYXRh"},
        sent(200, b"dGVzdC1kYXRh"),
    ),
    ("body an object", "M", {"statusCode": 200, "body": {"id": 1}}, MALFORMED),
    ("status and body wrong", "R stackd", {"statusCode": "invalid", "body": {"not": "a string"}}, MALFORMED),
    (
        "a 503 of its own",
        "R stackd",
        {"statusCode": 503, "body": '{"message":"backend"}'},
        sent(503, b'{"message":"backend"}', without=("x-amzn-ErrorType",)),
    ),
    ("a 404 of its own", "R stackd", {"statusCode": 404}, sent(404, NOTHING, without=("x-amzn-ErrorType",))),
    (
        "content type",
        "R stackd",
        {"statusCode": 200, "headers": {"Content-Type": "text/html"}, "body": "<p>"},
        sent(200, b"<p>", Content_Type="text/html", Content_Length="3"),
    ),
    (
        "cookies",
        "D",
        {"multiValueHeaders": {"Set-Cookie": ["a=1; Path=/", "b=2"]}},
        sent(200, NOTHING, Set_Cookie="a=1; Path=/, b=2"),
    ),
    ("an exception", "R stackd", Raises("owned-backend-failure"), MALFORMED),
    (
        "a body with a 204",
        "G",
        {"statusCode": 204, "body": "x"},
        sent(204, NOTHING, without=("Content-Length",)),
    ),
    (
        "a body with a 304",
        "G",
        {"statusCode": 304, "body": "x"},
        sent(304, NOTHING, without=("Content-Length",)),
    ),
]
UNRECORDED: dict[str, object] = {
    # AWS is not recorded: the strict answer of docs/gateway.md, marked G
    "number as body": {"statusCode": 200, "body": 42},
    "boolean as body": {"statusCode": 200, "body": True},
    "list as body": {"statusCode": 200, "body": [1]},
    "a list": [{"statusCode": 200}],
    "null": None,
    "a number": 42,
    "status null": {"statusCode": None},
    "status 0": {"statusCode": 0},
    "status 200.0": {"statusCode": 200.0},
    "status 99": {"statusCode": 99},
    "status 1000": {"statusCode": 1000},
    "status -1": {"statusCode": -1},
    "status true": {"statusCode": True},
    "header value a number": {"headers": {"a": 1}},
    "header value null": {"headers": {"a": None}},
    "header value a list": {"headers": {"a": ["1"]}},
    "headers a list": {"headers": ["a"]},
    "headers text": {"headers": "a: 1"},
    "base64 flag as text": {"body": "YQ==", "isBase64Encoded": "true"},
    "base64 flag null": {"body": "YQ==", "isBase64Encoded": None},
    "another base64 key": {"body": "YQ==", "base64Encoded": True},
    "cookies key": {"cookies": ["a=1"]},
}


def _answers() -> list[Case]:
    return [
        *(_returning(name, source, value, check) for name, source, value, check in RETURNED),
        *(_returning(name, "G", value, MALFORMED) for name, value in UNRECORDED.items()),
    ]


def _returning(name: str, source: str, value: object, check: Any) -> Case:
    accept = (("User-Agent", "python/test"), ("Accept", "*/*"))
    return Case(f"returned: {name}", source, ANY, Sent("POST /dev/test", accept), check, value)


CASES = _answers()
