"""What each step of a request writes to the execution log: parts of its journal, made lines on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.execution_log import Line
from apitool.proxy.log_text import BINARY, java_map, redacted, starred

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apitool.proxy.execution_log import Traced
    from apitool.proxy.passage import Passage
    from apitool.proxy.request import Headers


def request_lines(traced: Traced, passage: Passage) -> Iterable[Line]:
    """The method request. The path is the request's, not the resource's template (TestInvokeMethod recorded
    by LocalStack; a public log of a `{resource+}` route, 2017). A known API key has lines of its own here (a
    public log of 2016 with data trace; the id's line a public reader of such logs): whether INFO alone writes
    them is not known.
    """
    request, route = passage.request, passage.route
    yield Line(f"Starting execution for request: {passage.ids.request_id}")
    yield Line(f"HTTP Method: {request.method}, Resource Path: {passage.path.path}")
    if not traced:
        return
    caller = passage.caller
    known_key = caller.api_key is not None and caller.api_key_id is not None
    if known_key and not passage.stage.is_test:
        yield Line(f"API Key: {starred(caller.api_key or '')}", "trace")
        yield Line(f"API Key ID: {caller.api_key_id}", "trace")
    query = {key: values[-1] for key, values in request.query.items()}
    body = BINARY if passage.binary_body else request.body.decode(errors="replace")
    parameters = route.path_parameters if route else {}
    yield Line(f"Method request path: {java_map(parameters.items())}", "trace")
    yield Line(f"Method request query string: {java_map(query.items())}", "trace")
    yield Line(f"Method request headers: {java_map(redacted(passage.headers))}", "trace")
    yield Line(f"Method request body before transformations: {body}", "trace")


def success_lines(
    traced: Traced, status: int, headers: Headers, body: bytes, endpoint_id: str | None
) -> Iterable[Line]:
    """The method response. The last line names the integration's request; a MOCK has none."""
    if traced:
        yield Line(f"Method response body after transformations: {_text(body)}", "trace")
        yield Line(f"Method response headers: {java_map(redacted(headers))}", "trace")
    yield Line("Successfully completed execution")
    yield Line(f"Method completed with status: {status}")
    if endpoint_id is not None:
        yield Line(f"AWS Integration Endpoint RequestId : {endpoint_id}", "usage")


def failure_lines(_: Traced, texts: Iterable[str], status: int | None) -> Iterable[Line]:
    """No success line and no method response lines follow a failure (recorded).

    `status` is None for a request turned away before execution started: it completes nothing.
    """
    ending = () if status is None else (f"Method completed with status: {status}",)
    return [Line(text, "error") for text in (*texts, *ending)]


def _text(body: bytes) -> str:
    """A body that is not UTF-8 is not printed."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        return BINARY
