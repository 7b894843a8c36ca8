"""What goes to the client and to the logs for one request, and how it is put together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from apitool.proxy.access_log import access_log_line
from apitool.proxy.context import error_context, integration_context, response_context
from apitool.proxy.execution_log import written
from apitool.proxy.gateway_response import STANDARD, render
from apitool.proxy.log_lines import failure_lines
from apitool.proxy.request_time import http_date
from apitool.proxy.tracing import HEADER as TRACE_HEADER
from apitool.proxy.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from apitool.proxy.execution_log import Line
    from apitool.proxy.passage import Passage
    from apitool.proxy.request import Headers, Ids
    from apitool.proxy.verdict import Finding

_NO_CONTENT = 204
_GATEWAYS_OWN = frozenset({"x-amzn-requestid", "x-amz-apigw-id", "x-amzn-trace-id", "x-amzn-errortype"})


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `verdict` says what AWS would send and why; status, headers and body agree with it."""

    status: int
    headers: Headers  # in wire order, with Date and Content-Length; Connection is the server's business
    body: bytes
    execution_log: tuple[str, ...]  # prefixed, at most 1,024 bytes each, as the logging level writes them
    access_log: str | None  # one line, or None when the stage has no access log
    verdict: Verdict
    resource_path: str | None = None  # `/orders/{orderId}`; None when nothing matched
    lines: tuple[Line, ...] = ()  # every line there would be at INFO with data trace, uncut


def answered(
    passage: Passage,
    verdict: Verdict,
    lines: Iterable[Line],
    *,
    now_ms: int,
    trace: str | None = None,
    more_context: Mapping[str, str] | None = None,
) -> Answer:
    """An answer to a request that reached a stage.

    Args:
        passage: the request.
        verdict: what to send.
        lines: the execution log so far and to the end.
        now_ms: when the answer goes out.
        trace: the X-Amzn-Trace-Id to send; MOCK and most errors send none.
        more_context: `$context` variables beyond request and response.
    """
    known = tuple(lines)
    latency_ms = max(0, now_ms - passage.request.received_at_ms)
    response = response_context(verdict.status, len(verdict.body), latency_ms, passage.trace.root or None)
    context = {**passage.context, **response, **(more_context or {})}
    log_format = passage.stage.settings.access_log_format or ""
    has_log = passage.stage.settings.has_access_log
    return Answer(
        status=verdict.status,
        headers=wire_headers(verdict, passage.ids, now_ms=now_ms, trace=trace),
        body=verdict.body,
        execution_log=written(known, passage.settings, passage.ids.request_id),
        access_log=access_log_line(log_format, context, passage.stage.variables) if has_log else None,
        verdict=verdict,
        resource_path=passage.route.resource.path if passage.route else None,
        lines=known,
    )


def refused(
    passage: Passage,
    response_type: str,
    findings: tuple[Finding, ...],
    lines: Iterable[Line] = (),
    *,
    now_ms: int,
    log: tuple[str, ...] = (),
) -> Answer:
    """An answer the gateway makes before any integration ran, customised as the API asks."""
    verdict = Verdict(
        accepted=False,
        status=STANDARD[response_type].status,
        headers=(),
        body=b"",
        findings=findings,
        log=log,
        response_type=response_type,
        error_message=STANDARD[response_type].message,
    )
    return failed(passage, verdict, lines, now_ms=now_ms)


def failed(
    passage: Passage,
    verdict: Verdict,
    lines: Iterable[Line],
    *,
    now_ms: int,
    trace: str | None = None,
    latency_ms: int | None = None,
    endpoint_id: str = "",
) -> Answer:
    """An answer the gateway makes instead of the integration's."""
    response_type = verdict.response_type or "DEFAULT_5XX"
    message = verdict.error_message or STANDARD[response_type].message
    error = error_context(response_type, message)
    integration = integration_context(
        verdict, latency_ms=latency_ms, function_status=None, endpoint_request_id=endpoint_id
    )
    status = {"status": str(verdict.status)}
    sources = passage.sources({**error, **integration, **status})
    rendered = render(
        passage.stage.api, response_type, sources=sources, status=verdict.status, message=message
    )
    sent = replace(verdict, status=rendered.status, headers=rendered.headers, body=rendered.body)
    so_far = tuple(lines)
    # What AWS logs of a request turned away before execution started is not recorded: nothing here.
    logged = (*so_far, *failure_lines(verdict.log, rendered.status)) if so_far or verdict.log else ()
    context = {**error, **integration}
    return answered(passage, sent, logged, now_ms=now_ms, trace=trace, more_context=context)


def wire_headers(verdict: Verdict, ids: Ids, *, now_ms: int, trace: str | None) -> Headers:
    """Header lines in AWS's order (stackd); the gateway's own names win over the function's."""
    content_type = [pair for pair in verdict.headers if pair[0].lower() == "content-type"]
    # The sign of an answer made by the gateway: a function can't set it.
    error_type = [pair for pair in verdict.headers if pair[0] == "x-amzn-ErrorType" and not verdict.accepted]
    rest = [
        pair
        for pair in verdict.headers
        if pair[0].lower() != "content-type" and pair[0].lower() not in _GATEWAYS_OWN
    ]
    length = [] if verdict.status == _NO_CONTENT else [("Content-Length", str(len(verdict.body)))]
    return (
        ("Date", http_date(now_ms)),
        *content_type,
        *length,
        ("x-amzn-RequestId", ids.request_id),
        *error_type,
        ("x-amz-apigw-id", ids.extended_request_id),
        *rest,
        *([(TRACE_HEADER, trace)] if trace else []),
    )
