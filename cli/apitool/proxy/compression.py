"""Compressing answers, for an API with a minimumCompressionSize (AWS documentation, "Payload compression").

The gateway compresses a body of at least that size when the client accepts gzip or deflate, and the
integration has not encoded it already. Which one it prefers when a client accepts both is not documented:
gzip here.
"""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from apitool.proxy.request import Headers, Request
    from apitool.proxy.verdict import Verdict

Coding = Literal["gzip", "deflate"]
_GZIP, _ZLIB = 31, 15  # zlib's window bits: with a gzip header, with a zlib header
MAX_INFLATED_BYTES = 10_485_760  # of a request's body; the gateway's own limit of a payload


def compressed(verdict: Verdict, request: Request, minimum_size: int | None) -> Verdict:
    """The verdict with its body as it goes over the wire."""
    if minimum_size is None or len(verdict.body) < minimum_size or not verdict.body:
        return verdict
    coding = coding_for(request.header("Accept-Encoding"))
    if coding is None or any(name.lower() == "content-encoding" for name, _ in verdict.headers):
        return verdict
    headers: Headers = (*verdict.headers, ("Content-Encoding", coding))
    return replace(verdict, headers=headers, body=_deflated(verdict.body, coding))


def coding_for(accept_encoding: str | None) -> Coding | None:
    """The coding an Accept-Encoding header allows, gzip before deflate; None for neither."""
    accepted = dict(_weighed(accept_encoding or ""))
    anything = accepted.get("*", 0.0)
    if accepted.get("gzip", anything) > 0:
        return "gzip"
    return "deflate" if accepted.get("deflate", anything) > 0 else None


def inflated(body: bytes, content_encoding: str | None) -> bytes:
    """A request's body before it is mapped. A coding other than gzip and deflate leaves it as it is.

    Raises:
        ValueError: it is not what its Content-Encoding says, or larger than the gateway takes.
    """
    bits = {"gzip": _GZIP, "deflate": _ZLIB}.get((content_encoding or "").strip().lower())
    if bits is None:
        return body
    inflater = zlib.decompressobj(bits)
    try:
        plain = inflater.decompress(body, MAX_INFLATED_BYTES)
    except zlib.error as error:
        raise ValueError(f"not {content_encoding}: {error}") from None
    if inflater.unconsumed_tail:
        raise ValueError(f"more than {MAX_INFLATED_BYTES} bytes inflated")
    return plain


def _weighed(header: str) -> list[tuple[str, float]]:
    """`gzip;q=0.5, br` -> codings with their weights; a weight that is no number counts as none."""
    found = []
    for part in header.split(","):
        name, _, parameters = part.partition(";")
        _, is_weight, weight = parameters.partition("q=")
        try:
            found.append((name.strip().lower(), float(weight) if is_weight else 1.0))
        except ValueError:
            found.append((name.strip().lower(), 0.0))
    return found


def _deflated(body: bytes, coding: Coding) -> bytes:
    deflater = zlib.compressobj(wbits=_GZIP if coding == "gzip" else _ZLIB)
    return deflater.compress(body) + deflater.flush()
