"""One HTTP request as it came over the wire, before any rule is applied.

Header names keep their casing and their order, the target keeps its escapes and its double slashes: the event
that API Gateway makes depends on all of them. ASGI servers lose them. What is read from a request more than
once is worked out once.
"""

from __future__ import annotations

from dataclasses import field

from apitool.proxy.frozen import frozen
from apitool.proxy.once import once
from apitool.proxy.query import decode_query

Headers = tuple[tuple[str, str], ...]
"""Names and values in wire order and casing; a name may occur more than once."""


@frozen()
class Request:
    """`target` is the raw request target with stage and query, e.g. `/prod/orders/a%20b?x=1`."""

    method: str
    target: str
    headers: Headers = ()
    body: bytes = b""
    source_ip: str = "127.0.0.1"
    received_at_ms: int = 0  # milliseconds since 1970, UTC
    protocol: str = "HTTP/1.1"

    raw_path: str = field(init=False, compare=False, repr=False)
    """The path with its escapes, without query or fragment."""
    raw_query: str = field(init=False, compare=False, repr=False)
    """What follows the first `?`, undecoded; empty when there is none."""
    _last_values: dict[str, str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        path, _, query = self.target.partition("#")[0].partition("?")
        last_values = {name.lower(): value for name, value in self.headers}
        self.__dict__.update(raw_path=path, raw_query=query, _last_values=last_values)

    @once
    def query(self) -> dict[str, list[str]]:
        """Every value of every query parameter, decoded, in order of appearance."""
        return decode_query(self.raw_query)

    def header(self, name: str) -> str | None:
        """The last value of a header, its name looked up without regard to case."""
        return self._last_values.get(name.lower())


def last_value(headers: Headers, name: str) -> str | None:
    """The last value of a header; None when it was not sent."""
    wanted = name.lower()
    return next((value for key, value in reversed(headers) if key.lower() == wanted), None)


@frozen(slots=True)
class Ids:
    """The identifiers AWS makes up for a request. Made outside: this package never draws a random number."""

    request_id: str  # UUID; response header x-amzn-RequestId, prefix of every execution-log line
    extended_request_id: str  # 15 characters and `=`; response header x-amz-apigw-id
    trace_digits: str  # 24 hex; behind the second of the request in X-Amzn-Trace-Id's Root
    trace_parent: str = "0000000000000000"  # 16 hex
    trace_lineage: str = "00000000"  # 8 hex
    endpoint_request_id: str = ""  # UUID of the integration's request, until the outcome brings Lambda's own
