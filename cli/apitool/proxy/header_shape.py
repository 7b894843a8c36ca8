"""The shape of `headers` and `multiValueHeaders` in a function's answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jsonpointer import JsonPointer

from apitool.proxy.seen import seen
from apitool.proxy.verdict import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110 token
_UNSENDABLE = re.compile(r"[^\t\x20-\x7e\x80-\xff]")  # control characters, and what Latin-1 can't hold


def text_of(value: object) -> str:
    """A header value as AWS sends it: `true` for a boolean (recorded)."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def header_findings(value: dict[str, Any]) -> Iterator[Finding]:
    """`headers`: an object of strings. null is fine and a boolean becomes text (both recorded)."""
    headers = value.get("headers")
    if headers is None:
        return
    if not isinstance(headers, dict):
        yield _wrong(
            "headers-not-an-object", "`headers` is not an object", "/headers", headers, recorded=False
        )
        return
    for name, item in headers.items():
        if is_plain_header(name, item):
            continue
        at = _pointer("headers", name)
        yield from _name_findings(name, at)
        if isinstance(item, bool):
            yield _boolean(name, at, item)
        elif isinstance(item, str):
            yield from _text_findings(item, at)
        else:
            yield _wrong("header-not-a-string", f"Header `{name}` is not a string", at, item, recorded=False)


def multi_value_findings(value: dict[str, Any]) -> Iterator[Finding]:
    """`multiValueHeaders`: an object of lists of strings. A list or a bare string is a 502 (recorded)."""
    headers = value.get("multiValueHeaders", {})
    if headers is None:
        yield _null_map()
        return
    if not isinstance(headers, dict):
        what = "`multiValueHeaders` is not an object"
        at = "/multiValueHeaders"
        yield _wrong("multi-headers-not-an-object", what, at, headers, recorded=isinstance(headers, list))
        return
    for name, items in headers.items():
        if isinstance(items, list) and all(is_plain_header(name, item) for item in items):
            continue
        at = _pointer("multiValueHeaders", name)
        yield from _name_findings(name, at)
        yield from _list_findings(name, items, at)


def is_plain_header(name: str, item: object) -> bool:
    """Nothing to say about it; what nearly every header comes to."""
    return isinstance(item, str) and _NAME.fullmatch(name) is not None and not _UNSENDABLE.search(item)


def _list_findings(name: str, items: object, at: str) -> Iterator[Finding]:
    if not isinstance(items, list):
        what = f"`multiValueHeaders` `{name}` is not a list"
        yield _wrong("multi-header-not-a-list", what, at, items, recorded=isinstance(items, str))
        return
    for index, item in enumerate(items):
        if isinstance(item, str):
            yield from _text_findings(item, f"{at}/{index}")
        else:
            what = f"`multiValueHeaders` `{name}` holds something else than strings"
            yield _wrong("multi-header-not-a-string", what, f"{at}/{index}", item, recorded=False)


def _wrong(rule: str, what: str, pointer: str, value: object, *, recorded: bool) -> Finding:
    return Finding(f"response.{rule}", what, _FIXES[rule], pointer, seen(value), recorded=recorded)


_FIXES = {
    "headers-not-an-object": 'Return {"Name": "value"}',
    "header-not-a-string": "Convert the value with str(); several values go into `multiValueHeaders`",
    "multi-headers-not-an-object": 'Return {"Name": ["value", "value"]}',
    "multi-header-not-a-list": 'Return a list of strings: {"Name": ["value"]}',
    "multi-header-not-a-string": "Convert each value with str()",
}


def _null_map() -> Finding:
    return Finding(
        rule="response.multi-headers-null",
        what="`multiValueHeaders` is null; taken as absent",
        fix="Leave `multiValueHeaders` out",
        pointer="/multiValueHeaders",
        seen="null",
        severity="warning",
        recorded=False,
    )


def _boolean(name: str, at: str, item: object) -> Finding:
    return Finding(
        rule="response.header-is-a-boolean",
        what=f"Header `{name}` is a boolean; AWS sends `{text_of(item)}`",
        fix="Return a string",
        pointer=at,
        seen=seen(item),
        severity="warning",
    )


def _name_findings(name: str, at: str) -> Iterator[Finding]:
    if not _NAME.fullmatch(name):
        what = "This is not a name a header can have"
        fix = "Use letters, digits and hyphens"
        yield Finding("response.header-name", what, fix, at, seen(name), recorded=False)


def _text_findings(text: str, at: str) -> Iterator[Finding]:
    if _UNSENDABLE.search(text):
        what = "A header can't hold line breaks, control characters or characters beyond Latin-1"
        fix = "Encode the value, e.g. with urllib.parse.quote"
        yield Finding("response.header-value", what, fix, at, seen(text), recorded=False)


def _pointer(*parts: str) -> str:
    pointer: str = JsonPointer.from_parts(parts).path
    return pointer
