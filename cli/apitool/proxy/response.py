"""The verdict on what an invocation came to: AWS's response contract for AWS_PROXY.

One entry for each level: `judge` takes an outcome, `judge_payload` the JSON a function returned,
`judge_value` the same parsed. None of them raises, whatever it is given.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NoReturn

import orjson

from apitool.proxy import outcome_texts as texts
from apitool.proxy.frozen import frozen
from apitool.proxy.gateway_response import INTERNAL, default_body
from apitool.proxy.outcome import FunctionError, IntegrationTimeout, InvokeRefused, Returned
from apitool.proxy.plain_answer import plain_verdict
from apitool.proxy.response_body import encode_body
from apitool.proxy.response_headers import MAX_HEADER_BYTES, merged, to_client
from apitool.proxy.response_shape import proxy_response, shape_findings
from apitool.proxy.verdict import Finding, Verdict

if TYPE_CHECKING:
    from apitool.proxy.outcome import Outcome
    from apitool.proxy.response_shape import ProxyResponse

MAX_LAMBDA_PAYLOAD = 6_291_556  # bytes; Lambda's own limit for a synchronous answer, as its error text has it
OK = 200


@frozen(slots=True)
class Asked:
    """What of the request and the API decides about the answer."""

    accept: str | None = None
    binary_media_types: tuple[str, ...] = ()


def judge(outcome: Outcome, asked: Asked | None = None) -> Verdict:
    """What AWS makes of an outcome."""
    match outcome:
        case Returned():
            return judge_payload(outcome.payload, asked)
        case FunctionError():
            return _function_error(outcome.error_type, outcome.error_message, outcome.request_id)
        case InvokeRefused():
            return _refused(outcome)
        case IntegrationTimeout():
            return _timed_out(outcome)


def judge_payload(payload: bytes, asked: Asked | None = None) -> Verdict:
    """What AWS makes of the JSON a function returned."""
    if len(payload) > MAX_LAMBDA_PAYLOAD:
        message = f"Response payload size exceeded maximum allowed payload size ({MAX_LAMBDA_PAYLOAD} bytes)."
        return _function_error("Function.ResponseSizeTooLarge", message, "")
    try:
        value = _parsed(payload)
    except (ValueError, RecursionError) as error:
        return _malformed((_not_json(error),))
    return judge_value(value, asked)


def judge_value(value: object, asked: Asked | None = None) -> Verdict:
    """What AWS makes of a returned value, parsed from JSON."""
    verdict = plain_verdict(value)
    return _judged(value, asked) if verdict is None else verdict


def _judged(value: object, asked: Asked | None) -> Verdict:
    findings = shape_findings(value)
    if not isinstance(value, dict) or any(finding.severity == "error" for finding in findings):
        return _malformed(findings)
    return _accepted(proxy_response(value), asked or Asked(), findings)


def _accepted(response: ProxyResponse, asked: Asked, findings: tuple[Finding, ...]) -> Verdict:
    returned = merged(response)
    size = sum([len(name) + len(value) for name, value in returned])
    if size > MAX_HEADER_BYTES:
        return _malformed((*findings, _headers_too_large(size)))
    body = encode_body(response, asked.accept, asked.binary_media_types)
    headers, renamed = to_client(returned)
    findings = (*findings, *renamed, *body.findings)
    if body.content is None:
        return _failed(500, findings, texts.NOT_BASE64)
    return Verdict(
        accepted=True,
        status=response.status,
        headers=headers,
        body=body.content,
        findings=findings,
        integration_status=OK,
    )


def _failed(
    status: int,
    findings: tuple[Finding, ...],
    *log: str,
    response_type: str = "DEFAULT_5XX",
    message: str = INTERNAL,
    integration_error: str | None = None,
    integration_status: int | None = OK,
) -> Verdict:
    return Verdict(
        accepted=False,
        status=status,
        headers=(("Content-Type", "application/json"), ("x-amzn-ErrorType", "InternalServerErrorException")),
        body=default_body(status, message),
        findings=findings,
        log=log,
        response_type=response_type,
        error_message=message,
        integration_error=integration_error,
        integration_status=integration_status,
    )


def _malformed(findings: tuple[Finding, ...]) -> Verdict:
    return _failed(502, findings, texts.MALFORMED)


def _function_error(error_type: str, message: str, request_id: str) -> Verdict:
    """A function that raised: Lambda's API answered 200, the gateway answers 502 (recorded by stackd)."""
    finding = Finding(
        rule="function.error",
        what=f"The function failed: {error_type}: {message}",
        fix="Read the function's own log; to choose the status, catch the error and return it",
        seen=error_type,
    )
    line = texts.customer_function_error(message, request_id)
    error = f"Lambda Customer Function Error:{message}"
    return _failed(502, (finding,), line, response_type="INTEGRATION_FAILURE", integration_error=error)


def _refused(outcome: InvokeRefused) -> Verdict:
    if outcome.reason == "role":
        return role_refused(outcome.detail)
    finding = _REFUSALS[outcome.reason]
    if outcome.reason == "throttled":
        log = (texts.invocation_failed(429, outcome.request_id), texts.RATE_EXCEEDED)
        return _failed(500, (finding,), *log, integration_status=429)
    if outcome.reason == "not-permitted":
        return _failed(500, (finding,), texts.NOT_PERMITTED, integration_status=403)
    line = texts.invocation_failed(404, outcome.request_id)
    return _failed(500, (finding,), line, integration_status=404)


def role_refused(role: str) -> Verdict:
    """The integration's role does not exist, or does not trust API Gateway (logs of 2023 and 2025)."""
    finding = Finding(
        rule="integration.role-not-assumable",
        what="API Gateway may not assume the integration's role",
        fix="Let its trust policy allow sts:AssumeRole to apigateway.amazonaws.com, and check that it exists",
        seen=role,
    )
    return _failed(500, (finding,), f"{texts.NO_ROLE}{role}", integration_status=None)


_REFUSALS = {
    "throttled": Finding(
        rule="function.throttled",
        what="Lambda had no capacity for the function",
        fix="Raise the function's reserved concurrency, or the account's limit",
    ),
    "not-permitted": Finding(
        rule="function.not-permitted",
        what="The function's resource policy does not let this API invoke it",
        fix="Grant lambda:InvokeFunction to apigateway.amazonaws.com for the API's execution ARN",
    ),
    "not-found": Finding(
        rule="function.not-found",
        what="There is no such function, version or alias",
        fix="Compare the integration's URI with the functions that exist",
        recorded=False,
    ),
}


def _timed_out(outcome: IntegrationTimeout) -> Verdict:
    finding = Finding(
        rule="function.no-answer-in-time",
        what=f"No answer within the integration's {outcome.timeout_ms} ms; the function may run on",
        fix="Make the function faster, or answer first and work later",
    )
    return _failed(
        504,
        (finding,),
        texts.TIMEOUT,
        response_type="INTEGRATION_TIMEOUT",
        message="Endpoint request timed out",
        integration_status=None,
    )


def _not_finite(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


_DECODER = json.JSONDecoder(parse_constant=_not_finite)


def _parsed(payload: bytes) -> object:
    """By orjson in a third of the time. What it refuses the library decides: lone surrogates, depth. Whole
    numbers beyond 64 bits come out as floats; no member of an answer may be one.
    """
    try:
        return orjson.loads(payload)
    except orjson.JSONDecodeError:
        return _DECODER.decode(payload.decode())


def _not_json(error: Exception) -> Finding:
    return Finding(
        rule="response.not-json",
        what="The function returned something that is not JSON",
        fix="Return values json.dumps can write with allow_nan=False",
        seen=str(error)[:80],
        recorded=False,
    )


def _headers_too_large(size: int) -> Finding:
    return Finding(
        rule="response.headers-too-large",
        what=f"The headers hold {size} bytes; the gateway's limit is {MAX_HEADER_BYTES}",
        fix="Move data into the body, or set fewer cookies",
        pointer="/headers",
        recorded=False,
    )
