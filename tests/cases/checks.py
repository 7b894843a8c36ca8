"""What a case expects of its answer."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.cases.wire import Answered

EVENT_KEYS = [
    "resource",
    "path",
    "httpMethod",
    "headers",
    "multiValueHeaders",
    "queryStringParameters",
    "multiValueQueryStringParameters",
    "pathParameters",
    "stageVariables",
    "requestContext",
    "body",
    "isBase64Encoded",
]
CONTEXT_KEYS = [
    "resourceId",
    "resourcePath",
    "httpMethod",
    "extendedRequestId",
    "requestTime",
    "path",
    "accountId",
    "protocol",
    "stage",
    "domainPrefix",
    "requestTimeEpoch",
    "requestId",
    "identity",
    "domainName",
    "deploymentId",
    "apiId",
]
IDENTITY_KEYS = [
    "cognitoIdentityPoolId",
    "accountId",
    "cognitoIdentityId",
    "caller",
    "sourceIp",
    "principalOrgId",
    "accessKey",
    "cognitoAuthenticationType",
    "cognitoAuthenticationProvider",
    "userArn",
    "userAgent",
    "user",
]
REQUEST_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
EXTENDED_ID = re.compile(r"[A-Za-z0-9_-]{15}=")


def all_of(*checks: Callable[[Answered], None]) -> Callable[[Answered], None]:
    def check(answer: Answered) -> None:
        for each in checks:
            each(answer)

    return check


def event_of(answer: Answered) -> dict[str, Any]:
    """The event the function got: it returned it as its body."""
    assert answer.status == 200, answer
    event: dict[str, Any] = answer.json
    return event


def event(**members: Any) -> Callable[[Answered], None]:
    """Members of the event and, in `context`, of its requestContext; both maps of headers and queries."""
    context = members.pop("context", {})

    def check(answer: Answered) -> None:
        seen = event_of(answer)
        assert {name: seen[name] for name in members} == members
        assert {name: seen["requestContext"][name] for name in context} == context
        maps_agree(answer)

    return check


def maps_agree(answer: Answered) -> None:
    """Single and multi maps have the same keys; the single one has the last value."""
    seen = event_of(answer)
    for single, multi in (
        ("headers", "multiValueHeaders"),
        ("queryStringParameters", "multiValueQueryStringParameters"),
    ):
        last = None if seen[multi] is None else {name: values[-1] for name, values in seen[multi].items()}
        assert seen[single] == last


def keys_in_order(answer: Answered) -> None:
    seen = event_of(answer)
    assert list(seen) == EVENT_KEYS
    assert list(seen["requestContext"]) == CONTEXT_KEYS
    assert list(seen["requestContext"]["identity"]) == IDENTITY_KEYS


def headers_seen(expected: Mapping[str, str]) -> Callable[[Answered], None]:
    """Headers the function got, in this spelling."""

    def check(answer: Answered) -> None:
        seen = event_of(answer)["headers"]
        assert {name: seen.get(name) for name in expected} == dict(expected)

    return check


def header_names(*, there: tuple[str, ...] = (), gone: tuple[str, ...] = ()) -> Callable[[Answered], None]:
    """Names of headers the function got; `gone` in any case."""

    def check(answer: Answered) -> None:
        names = set(event_of(answer)["headers"])
        assert set(there) <= names
        assert not {name.lower() for name in names} & {name.lower() for name in gone}

    return check


def sent(
    status: int, body: object = None, *, without: tuple[str, ...] = (), **headers: str
) -> Callable[[Answered], None]:
    """Status, body and headers (underscores are hyphens); `body` is bytes, or what its JSON is."""

    def check(answer: Answered) -> None:
        assert answer.status == status, answer
        if isinstance(body, bytes):
            assert answer.body == body
        elif body is not None:
            assert json.loads(answer.body) == body
        wanted = {name.replace("_", "-"): value for name, value in headers.items()}
        assert {name: answer.header(name) for name in wanted} == wanted
        assert [name for name in without if answer.header(name) is not None] == []

    return check


def gateways_own(
    status: int, message: str, error_type: str = "InternalServerErrorException", *, edge: bool = False
) -> Callable[[Answered], None]:
    """An answer the gateway made itself: its error type, a space after the colon in 5xx only, no trace id."""
    colon = ": " if status >= 500 else ":"
    body = f'{{"message"{colon}"{message}"}}'.encode()

    def check(answer: Answered) -> None:
        named = {"Content-Type": "application/json", "Content-Length": str(len(body))}
        sent(status, body, x_amzn_ErrorType=error_type)(answer)
        assert {name: answer.header(name) for name in named} == named
        assert edge or answer.header("X-Amzn-Trace-Id") is None
        assert REQUEST_ID.fullmatch(answer.header("x-amzn-RequestId") or "")
        assert EXTENDED_ID.fullmatch(answer.header("x-amz-apigw-id") or "")

    return check


def spelt(name: str, value: str) -> Callable[[Answered], None]:
    """A header of the answer, its name in this spelling."""

    def check(answer: Answered) -> None:
        assert (answer.spelling(name), answer.header(name)) == (name, value)

    return check


def begins(line: str, expected: str) -> bool:
    """Whether a line is the one expected; `…` is any text."""
    return re.fullmatch(".*".join(map(re.escape, expected.split("…"))), line, re.DOTALL) is not None
