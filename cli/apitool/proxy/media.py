"""Which bodies are binary: media types against `binaryMediaTypes`, in both directions.

A request is binary when its Content-Type matches, `*/*` included (AWS documentation, checked on AWS in
ministack PR #767). A response is decoded when the first type of Accept matches; Content-Type plays no part,
and a wildcard on the left never matches there (18 recorded rows, LocalStack
`test_aws_proxy_binary_response`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

DEFAULT_TYPE = "application/json"  # what AWS takes a body for that names no type


def essence(value: str) -> str:
    """`Text/HTML; charset=utf-8` -> `text/html`."""
    return value.partition(";")[0].strip().lower()


def matches(media_type: str, binary_types: Collection[str]) -> bool:
    """Whether a type is configured exactly, through `type/*`, or through `*/*`."""
    if not binary_types:
        return False
    wanted = essence(media_type)
    group, slash, _ = wanted.partition("/")
    accepted = {wanted, "*/*"} | ({f"{group}/*"} if slash else set())
    left_wildcard = group == "*" and wanted != "*/*"
    return not left_wildcard and any(essence(configured) in accepted for configured in binary_types)


def request_is_binary(content_type: str | None, binary_types: Collection[str]) -> bool:
    return matches(content_type or DEFAULT_TYPE, binary_types)


def first_accepted(accept: str | None) -> str | None:
    """The first media type of an Accept header, whatever its weight; None without one."""
    first = essence((accept or "").partition(",")[0])
    return first or None


def response_is_binary(accept: str | None, binary_types: Collection[str]) -> bool:
    """No Accept header matches only `*/*`: any type would."""
    return matches(first_accepted(accept) or "*/*", binary_types)
