"""A request as a client of a stage would send it, from its parts: for `call`, `event`, `check` and tests."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from apitool.proxy.request import Request

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apitool.proxy.stage import DeployedStage

_KEPT = "/%:@!$&'()*+,;=~-._"  # what stands in a path as it is; a client that escapes itself is left alone
Pairs = tuple[tuple[str, str], ...]


def client_request(
    stage: DeployedStage,
    method: str,
    path: str,
    *,
    query: Iterable[tuple[str, str]] = (),
    headers: Iterable[tuple[str, str]] = (),
    body: bytes = b"",
    content_type: str | None = None,
) -> Request:
    """The request; `path` is below the stage and may carry a query. Headers given replace the usual ones."""
    given = tuple(headers)
    usual = {
        "Host": stage.domain_name,
        "User-Agent": "apitool",
        "Accept": "*/*",
        **({"Content-Type": content_type} if content_type else {}),
        **({"Content-Length": str(len(body))} if body else {}),
    }
    taken = {name.lower() for name, _ in given}
    return Request(
        method=method.upper(),
        target=target_of(stage.name, path, query),
        headers=(*((name, text) for name, text in usual.items() if name.lower() not in taken), *given),
        body=body,
        received_at_ms=time.time_ns() // 1_000_000,
    )


def target_of(stage: str, path: str, query: Iterable[tuple[str, str]] = ()) -> str:
    """The raw target: what isn't escaped in `path` gets escaped, `query` is added to the path's own."""
    plain, _, own = path.partition("?")
    pairs = tuple(query)
    joined = "&".join(part for part in (own, urlencode(pairs) if pairs else "") if part)
    start = f"/{stage}/{plain.removeprefix('/')}" if plain != "/" else f"/{stage}/"
    return quote(start, safe=_KEPT) + (f"?{quote(joined, safe=_KEPT + '?')}" if joined else "")


def json_body(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def pairs_of(values: Mapping[str, str | Iterable[str]] | Iterable[tuple[str, str]] | None) -> Pairs:
    """`{"tag": ["a", "b"], "q": "x"}` or pairs -> pairs, in order."""
    if values is None:
        return ()
    if not isinstance(values, Mapping):
        return tuple(values)
    pairs: list[tuple[str, str]] = []
    for name, value in values.items():
        several = [value] if isinstance(value, str) else value
        pairs += [(name, str(each)) for each in several]
    return tuple(pairs)
