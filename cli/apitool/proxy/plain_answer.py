"""What nearly every function returns, judged at once: a status, a text, headers with nothing to say about.

`response` judges everything else, and would come to the same here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from apitool.proxy.header_shape import is_plain_header
from apitool.proxy.response_body import BODILESS
from apitool.proxy.response_headers import MAX_HEADER_BYTES, to_client
from apitool.proxy.response_shape import HIGHEST_STATUS, LOWEST_STATUS
from apitool.proxy.verdict import Verdict

if TYPE_CHECKING:
    from apitool.proxy.request import Headers

_KEYS = frozenset({"statusCode", "headers", "body", "isBase64Encoded"})
_KEPT = 256  # a function returns the same few headers again and again


def plain_verdict(value: object) -> Verdict | None:
    """None where anything has to be looked at closely."""
    if type(value) is not dict or not value.keys() <= _KEYS:
        return None
    status, body, headers = value.get("statusCode"), value.get("body", ""), value.get("headers", {})
    if type(status) is not int or not LOWEST_STATUS <= status <= HIGHEST_STATUS or status in BODILESS:
        return None
    if type(body) is not str or type(headers) is not dict or value.get("isBase64Encoded", False) is not False:
        return None
    try:
        sent, content = _sent(tuple(headers.items())), body.encode()
    except (TypeError, UnicodeEncodeError):  # a header that holds a list; half a surrogate pair
        return None
    if sent is None:
        return None
    return Verdict(accepted=True, status=status, headers=sent, body=content, integration_status=200)


@lru_cache(maxsize=_KEPT)
def _sent(headers: Headers) -> Headers | None:
    """As they go out."""
    if not all(is_plain_header(name, value) for name, value in headers):
        return None
    if len({name.lower() for name, _ in headers}) < len(headers):
        return None
    if sum(len(name) + len(value) for name, value in headers) > MAX_HEADER_BYTES:
        return None
    sent, findings = to_client(headers)
    return None if findings else sent
