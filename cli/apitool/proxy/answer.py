"""What goes to the client and to the logs for one request, and how it is put together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from apitool.proxy.access_log import access_log_line
from apitool.proxy.compression import compressed
from apitool.proxy.context import error_context, response_context
from apitool.proxy.execution_log import Journal, recorded
from apitool.proxy.frozen import frozen
from apitool.proxy.gateway_response import STANDARD, render
from apitool.proxy.log_lines import failure_lines
from apitool.proxy.once import once
from apitool.proxy.request_time import http_date
from apitool.proxy.response_body import BODILESS
from apitool.proxy.tracing import HEADER as TRACE_HEADER
from apitool.proxy.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from apitool.proxy.execution_log import Line
    from apitool.proxy.passage import Passage
    from apitool.proxy.request import Headers, Ids
    from apitool.proxy.response_cache import Slot
    from apitool.proxy.verdict import Finding

    MoreContext = Callable[[], Mapping[str, str]]

_GATEWAYS_OWN = frozenset({"x-amzn-requestid", "x-amz-apigw-id", "x-amzn-trace-id", "x-amzn-errortype"})
_NOTHING_YET = Journal()


@frozen()
class Answer:
    """One answer. `verdict` says what AWS would send and why; status, headers and body agree with it."""

    status: int
    headers: Headers  # in wire order, with Date and Content-Length; Connection is the server's business
    body: bytes  # empty for HEAD, whose Content-Length is that of the body left out
    execution_log: tuple[str, ...]  # prefixed and cut, as the logging level writes them
    access_log: str | None  # one line, or None when the stage has no access log
    verdict: Verdict
    resource_path: str | None = None  # `/orders/{orderId}`; None when nothing matched
    journal: Journal = _NOTHING_YET

    @once
    def lines(self) -> tuple[Line, ...]:
        """Every line there would be at INFO with data trace, uncut."""
        return self.journal.lines()


def answered(
    passage: Passage,
    verdict: Verdict,
    journal: Journal,
    *,
    now_ms: int,
    trace: str | None = None,
    more_context: MoreContext | None = None,
) -> Answer:
    """An answer to a request that reached a stage.

    Args:
        passage: the request.
        verdict: what to send.
        journal: the execution log to its end.
        now_ms: when the answer goes out.
        trace: the X-Amzn-Trace-Id to send; MOCK and most errors send none.
        more_context: makes `$context` variables beyond request and response, when a log format needs them.
    """
    request, stage = passage.request, passage.stage
    if passage.slot is not None:
        verdict = _through_cache(passage.slot, verdict, now_ms)
    if passage.findings:
        verdict = replace(verdict, findings=(*verdict.findings, *passage.findings))
    sent = compressed(verdict, request, stage.api.minimum_compression_size)
    return Answer(
        status=sent.status,
        headers=wire_headers(sent, passage.ids, now_ms=now_ms, trace=trace),
        body=b"" if request.method == "HEAD" or sent.status in BODILESS else sent.body,
        execution_log=recorded(journal, passage.settings, passage.ids.request_id),
        access_log=_access_log(passage, sent, now_ms, more_context),
        verdict=sent,
        resource_path=passage.route.resource.path if passage.route else None,
        journal=journal,
    )


def _through_cache(slot: Slot, verdict: Verdict, now_ms: int) -> Verdict:
    """Kept, if it was not, and with the warning of somebody who asked for a fresh one and may not."""
    if not verdict.cached:
        slot.keep(replace(verdict, cached=True), now_ms)
    return replace(verdict, headers=(*verdict.headers, slot.warning)) if slot.warning else verdict


def refused(
    passage: Passage,
    response_type: str,
    findings: tuple[Finding, ...],
    journal: Journal = _NOTHING_YET,
    *,
    now_ms: int,
    log: tuple[str, ...] = (),
    message: str | None = None,
) -> Answer:
    """An answer the gateway makes before any integration ran, customised as the API asks."""
    standard = STANDARD[response_type]
    verdict = Verdict(
        accepted=False,
        status=standard.status,
        headers=(),
        body=b"",
        findings=findings,
        log=log,
        response_type=response_type,
        error_message=standard.message if message is None else message,
    )
    return failed(passage, verdict, journal, now_ms=now_ms)


def failed(
    passage: Passage,
    verdict: Verdict,
    journal: Journal,
    *,
    now_ms: int,
    trace: str | None = None,
    more_context: Mapping[str, str] | None = None,
) -> Answer:
    """An answer the gateway makes instead of the integration's."""
    response_type = verdict.response_type or "DEFAULT_5XX"
    context = {**error_context(response_type, verdict.error_message), **(more_context or {})}
    rendered = render(
        passage.stage.api,
        response_type,
        sources=passage.sources({**context, "status": str(verdict.status)}),
        status=verdict.status,
        message=verdict.error_message,
    )
    sent = replace(verdict, status=rendered.status, headers=rendered.headers, body=rendered.body)
    journal = journal.then(failure_lines, verdict.log, rendered.status if journal.executing else None)
    return answered(passage, sent, journal, now_ms=now_ms, trace=trace, more_context=lambda: context)


def _access_log(
    passage: Passage, verdict: Verdict, now_ms: int, more_context: MoreContext | None
) -> str | None:
    settings = passage.stage.settings
    if not settings.has_access_log:
        return None
    latency_ms = max(0, now_ms - passage.request.received_at_ms)
    response = response_context(verdict.status, len(verdict.body), latency_ms, passage.trace.root or None)
    context = {**passage.context, **response, **(more_context() if more_context else {})}
    return access_log_line(settings.access_log_format or "", context, passage.stage.variables)


def wire_headers(verdict: Verdict, ids: Ids, *, now_ms: int, trace: str | None) -> Headers:
    """Header lines in AWS's order (stackd); the gateway's own names win over the function's."""
    content_type: list[tuple[str, str]] = []
    error_type: list[tuple[str, str]] = []
    rest: list[tuple[str, str]] = []
    for pair in verdict.headers:
        name = pair[0].lower()
        if name == "content-type":
            content_type.append(pair)
        elif name not in _GATEWAYS_OWN:
            rest.append(pair)
        elif pair[0] == "x-amzn-ErrorType" and not verdict.accepted:
            error_type.append(pair)  # the sign of an answer made by the gateway: a function can't set it
    length = [] if verdict.status in BODILESS else [("Content-Length", str(len(verdict.body)))]
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
