"""The shape of what a function returns: every member checked, every departure a finding.

Recorded rules come from LocalStack's `test_aws_proxy_response_payload_format_validation` and stackd's
captures. For what nobody recorded the rule is stricter than AWS may be: whole status 200-599, body a string,
header values strings, lists of strings, no unknown keys. Such findings carry `recorded=False`.
"""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING, Any

from apitool.proxy.frozen import frozen
from apitool.proxy.header_shape import header_findings, multi_value_findings, text_of
from apitool.proxy.seen import seen
from apitool.proxy.verdict import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYS = ("statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded")
_NUMERIC = re.compile(r"[0-9]{3}")
_ALMOST_NUMERIC = re.compile(r"\s*[+-]?\d+(\.\d*)?\s*")
LOWEST_STATUS, HIGHEST_STATUS = 200, 599


@frozen(slots=True)
class ProxyResponse:
    """A function's answer after AWS's coercions. Only made from a value without error findings."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    multi_value_headers: dict[str, list[str]] = field(default_factory=dict)
    body: str = ""
    base64: bool = False


def shape_findings(value: object) -> tuple[Finding, ...]:
    """Everything there is to say about a returned value's shape, errors and warnings, in key order."""
    if not isinstance(value, dict):
        return (_not_an_object(value),)
    found = [
        *_unknown_keys(value),
        *_status_findings(value),
        *header_findings(value),
        *multi_value_findings(value),
        *_body_findings(value),
        *_base64_findings(value),
    ]
    return tuple(found)


def proxy_response(value: dict[str, Any]) -> ProxyResponse:
    """Read a value whose shape has no error findings."""
    return ProxyResponse(
        status=int(value.get("statusCode", 200)),
        headers={name: text_of(item) for name, item in (value.get("headers") or {}).items()},
        multi_value_headers=dict(value.get("multiValueHeaders") or {}),
        body=value.get("body") or "",
        base64=value.get("isBase64Encoded", False),
    )


def _not_an_object(value: object) -> Finding:
    return Finding(
        rule="response.not-an-object",
        what="The function must return an object",
        fix='return {"statusCode": 200, "body": json.dumps(...)}',
        seen=seen(value),
        recorded=isinstance(value, str),
    )


def _unknown_keys(value: dict[str, Any]) -> Iterator[Finding]:
    for key, member in value.items():
        if key in KEYS:
            continue
        alias = key in {"base64Encoded", "cookies"}  # accepted by SAM CLI; nobody recorded AWS
        yield Finding(
            rule="response.unknown-key",
            what=f"`{key}` is not a key of a proxy response; AWS refuses the whole answer",
            fix=_KNOWN_MISTAKES.get(key, f"Remove `{key}`; the keys are {', '.join(KEYS)}"),
            pointer=f"/{key.replace('~', '~0').replace('/', '~1')}",
            seen=seen(member),
            recorded=not alias,
        )


_KNOWN_MISTAKES = {
    "cookies": "Set-Cookie goes into `multiValueHeaders`; `cookies` belongs to HTTP APIs",
    "base64Encoded": "Write `isBase64Encoded`",
    "status": "Write `statusCode`",
    "statuscode": "Write `statusCode`",
    "status_code": "Write `statusCode`",
    "Body": "Write `body`",
    "message": "Put it into `body`: json.dumps({'message': ...})",
}


def _status_findings(value: dict[str, Any]) -> Iterator[Finding]:
    if "statusCode" not in value:
        return
    status = value["statusCode"]
    if isinstance(status, int) and not isinstance(status, bool):
        if not LOWEST_STATUS <= status <= HIGHEST_STATUS:
            yield _status_finding(status, "is outside 200-599", recorded=False)
    elif not isinstance(status, str):
        yield _status_finding(status, "is not an integer", recorded=False)
    elif not _NUMERIC.fullmatch(status) or not LOWEST_STATUS <= int(status) <= HIGHEST_STATUS:
        number = _ALMOST_NUMERIC.fullmatch(status) is not None
        yield _status_finding(status, "is not an integer", recorded=not number)
    else:
        yield Finding(
            rule="response.status-is-a-string",
            what="`statusCode` is a string; AWS takes it as a number",
            fix=f"Return the integer {int(status)}",
            pointer="/statusCode",
            seen=seen(status),
            severity="warning",
        )


def _status_finding(status: object, what: str, *, recorded: bool) -> Finding:
    return Finding(
        rule="response.status-not-an-integer",
        what=f"`statusCode` {what}",
        fix="Return an integer from 200 to 599",
        pointer="/statusCode",
        seen=seen(status),
        recorded=recorded,
    )


def _body_findings(value: dict[str, Any]) -> Iterator[Finding]:
    body = value.get("body", "")
    if isinstance(body, str):
        return
    if body is None:
        yield Finding(
            rule="response.body-null",
            what="`body` is null; taken as no body",
            fix='Return "" or leave `body` out',
            pointer="/body",
            seen="null",
            severity="warning",
            recorded=False,
        )
        return
    kind = seen(body).partition(" ")[0]
    yield Finding(
        rule="response.body-not-a-string",
        what=f"`body` is {'an' if kind in {'object', 'integer'} else 'a'} {kind}, not a string",
        fix="Call json.dumps on it",
        pointer="/body",
        seen=seen(body),
        recorded=isinstance(body, dict),
    )


def _base64_findings(value: dict[str, Any]) -> Iterator[Finding]:
    flag = value.get("isBase64Encoded", False)
    if not isinstance(flag, bool):
        yield Finding(
            rule="response.base64-not-a-boolean",
            what="`isBase64Encoded` is not a boolean",
            fix="Return true or false, or leave it out",
            pointer="/isBase64Encoded",
            seen=seen(flag),
            recorded=False,
        )
