"""HTTP and HTTP_PROXY integrations: the call to make, and what becomes of its outcome.

HTTP maps both ways, HTTP_PROXY passes on; what a service of AWS answers is mapped as HTTP's (`aws_service.py`
makes that call). Failures: an address that can't be used is a 500 `Invalid endpoint
address` (recorded, LocalStack `test_failed_invoke_test_method`); no answer in time is a 504 as for Lambda; a
connection that fails is a 504 `Network error communicating with endpoint` (LocalStack's code).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.answer import Answer, answered, failed, refused
from apitool.proxy.context import integration_context
from apitool.proxy.integrations.http_request import (
    ILLEGAL_HEADERS,
    filled_url,
    http_method,
    mapped_headers,
    proxied_headers,
    sends_body,
)
from apitool.proxy.integrations.integration_rules import mapped_header_failure
from apitool.proxy.integrations.mapped_request import MappedRequest, map_request
from apitool.proxy.integrations.mapped_response import EndpointReply, MappingFailure, map_response, typed
from apitool.proxy.integrations.remapped_headers import remapped
from apitool.proxy.log_endpoint import http_request_lines, http_response_lines
from apitool.proxy.log_lines import success_lines
from apitool.proxy.mapping.parameters import request_parameters
from apitool.proxy.outcome import HttpAnswered, HttpFailed, IntegrationTimeout
from apitool.proxy.outcome_texts import INVALID_ENDPOINT, NETWORK_ERROR
from apitool.proxy.response import judge, role_refused
from apitool.proxy.steps import HttpCall
from apitool.proxy.unserved import failing
from apitool.proxy.verdict import Finding, Verdict

if TYPE_CHECKING:
    from apitool.proxy.api import Integration
    from apitool.proxy.execution_log import Journal
    from apitool.proxy.outcome import HttpOutcome
    from apitool.proxy.passage import Passage
    from apitool.proxy.routing import Match

_NETWORK_MESSAGE = "Network error communicating with endpoint"


def begin_http(
    passage: Passage, route: Match, integration: Integration, journal: Journal, *, now_ms: int
) -> Answer | HttpCall:
    illegal = mapped_header_failure(integration, ILLEGAL_HEADERS)
    if illegal is not None:
        return failing(passage, illegal, journal, now_ms=now_ms)
    proxied = integration.type == "HTTP_PROXY"
    if proxied:
        parameters = request_parameters(integration, passage.sources({}))
        made: Answer | MappedRequest = MappedRequest(passage.request.body, parameters)
    else:
        made = map_request(passage, integration, journal, now_ms=now_ms)
    if isinstance(made, Answer):
        return made
    url = filled_url(integration.uri, passage, made.parameters, proxied=proxied)
    if url is None:
        finding, log = _address_finding(integration.uri), (INVALID_ENDPOINT,)
        return refused(passage, "DEFAULT_5XX", (finding,), journal, now_ms=now_ms, log=log)
    headers = (proxied_headers if proxied else mapped_headers)(passage, made.parameters)
    method = http_method(passage, integration)
    body = made.body if sends_body(method) else b""
    journal = journal.then(http_request_lines, url, headers, body)
    return HttpCall(
        url, method, headers, body, integration.timeout_ms, passage, route, journal, made.overrides
    )


def finish_http(call: HttpCall, integration: Integration, outcome: HttpOutcome, *, now_ms: int) -> Answer:
    passage = call.passage
    if not isinstance(outcome, HttpAnswered):
        return failed(passage, _failure(call, outcome), call.journal, now_ms=now_ms)
    journal = call.journal.then(
        http_response_lines, outcome.status, outcome.latency_ms, outcome.headers, outcome.body
    )
    verdict = _verdict(call, integration, outcome)
    if isinstance(verdict, MappingFailure):
        findings, log = (verdict.finding,), (verdict.log,)
        return refused(passage, verdict.response_type, findings, journal, now_ms=now_ms, log=log)
    endpoint_id = _service_request_id(outcome) if call.signing else None
    # An HTTP_PROXY answer has the endpoint's own trace id or none (recorded).
    trace = None if integration.type == "HTTP_PROXY" else passage.trace.response_value
    return answered(
        passage,
        verdict,
        journal.then(success_lines, verdict.status, verdict.headers, verdict.body, endpoint_id),
        now_ms=now_ms,
        trace=trace or _own_trace(outcome),
        more_context=lambda: integration_context(
            verdict,
            latency_ms=outcome.latency_ms,
            function_status=None,
            endpoint_request_id=endpoint_id or "",
        ),
    )


def _verdict(call: HttpCall, integration: Integration, outcome: HttpAnswered) -> Verdict | MappingFailure:
    if integration.type == "HTTP_PROXY":
        headers = typed(remapped(outcome.headers, proxied=True), "application/json")
        status = outcome.status
        return Verdict(
            accepted=True, status=status, headers=headers, body=outcome.body, integration_status=status
        )
    reply = EndpointReply(outcome.status, str(outcome.status), outcome.headers, outcome.body)
    return map_response(call.passage, integration, reply, call.overrides)


def _own_trace(outcome: HttpAnswered) -> str | None:
    return _header(outcome, "x-amzn-trace-id")


def _service_request_id(outcome: HttpAnswered) -> str | None:
    """AWS's id of the call it made, as the log of a Lambda integration has it; S3 has its own name for it."""
    return _header(outcome, "x-amzn-requestid") or _header(outcome, "x-amz-request-id")


def _header(outcome: HttpAnswered, wanted: str) -> str | None:
    return next((value for name, value in outcome.headers if name.lower() == wanted), None)


def _failure(call: HttpCall, outcome: HttpFailed | IntegrationTimeout) -> Verdict:
    if isinstance(outcome, IntegrationTimeout):
        return judge(outcome)
    if outcome.reason == "role":
        return role_refused(outcome.detail)
    bad_address = outcome.reason == "invalid-address"
    finding = _address_finding(call.url) if bad_address else _network_finding(call.url, outcome.detail)
    return Verdict(
        accepted=False,
        status=500 if bad_address else 504,
        headers=(),
        body=b"",
        findings=(finding,),
        log=(INVALID_ENDPOINT if bad_address else NETWORK_ERROR,),
        response_type="DEFAULT_5XX" if bad_address else "INTEGRATION_FAILURE",
        error_message="Internal server error" if bad_address else _NETWORK_MESSAGE,
    )


def _address_finding(uri: str) -> Finding:
    return Finding(
        rule="integration.invalid-address",
        what="The integration's URI leads to no address that can be called",
        fix="Set every stage variable and path parameter it names, and check the host",
        seen=uri[:120],
    )


def _network_finding(url: str, detail: str) -> Finding:
    return Finding(
        rule="integration.network-error",
        what=f"The endpoint could not be reached: {detail or 'connection failed'}",
        fix="Check that the endpoint listens, and its certificate",
        seen=url[:120],
        recorded=False,
    )
