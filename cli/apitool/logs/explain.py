"""Request → the one cause it ended for. The contract's own model judges what the function returned."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from apitool.logs import shape
from apitool.logs.cause import Cause, of_finding
from apitool.logs.endpoint_causes import unreachable
from apitool.logs.function_causes import function_cause
from apitool.logs.gateway_causes import BY_LINE, BY_MESSAGE, BY_TYPE, UNSIGNED
from apitool.proxy.response import judge_payload
from apitool.proxy.response_shape import shape_findings

if TYPE_CHECKING:
    from apitool.logs.request import Request

_SERVER_ERROR = 500
_ERROR = 400
_GATEWAY_TIMEOUT = 504
_CONFIGURATION = "Execution failed due to configuration error"
_RETURNED = "Endpoint response body before transformations"
_FULL = "turn data trace on and ask again: `apitool logs debug`; then the log has what the function returned"
_FUNCTION_ERROR = "Lambda Customer Function Error:"
_AUTHORIZER_SAID = "Authorizer result body before parsing"


def explain(request: Request) -> Cause:
    """Never fails: what no rule knows is the rule `unknown`, with the lines that look like errors."""
    for rule in (
        _inside_lambda,
        _refused_by_lambda,
        unreachable,
        _timed_out,
        _by_configuration,
        _turned_away,
        _own_status,
    ):
        cause = rule(request)
        if cause is not None:
            return cause
    return Cause(
        "unknown",
        f"Nothing in these logs says why the status is {request.status or 'missing'}",
        _FULL,
        "gateway",
        evidence=("Execution failed", "Method completed with status"),
        certain=False,
    )


def _inside_lambda(request: Request) -> Cause | None:
    message = request.execution.function_error if request.execution else None
    error = request.access.values.get("integrationError", "") if request.access else ""
    if message is None and error.startswith(_FUNCTION_ERROR):
        message = error.removeprefix(_FUNCTION_ERROR)
    if message is None and request.execution is None and request.access is None and request.invocation:
        failed = request.invocation.status or ("[ERROR]" if "[ERROR] " in request.invocation.text else None)
        message = failed
    return None if message is None else function_cause(request, message)


def _refused_by_lambda(request: Request) -> Cause | None:
    status = request.execution.invocation_failed if request.execution else None
    configuration = (request.execution.configuration_error if request.execution else None) or ""
    said = request.access.number("integrationStatus") if request.access else None
    if status == 429 or configuration.startswith("Rate Exceeded") or (said == 429 and not status):  # noqa: PLR2004
        return Cause(
            "function.throttled",
            "Lambda had no capacity for the function: throttled",
            "raise or remove the function's reserved concurrency, or the account's limit",
            evidence=("Lambda invocation failed with status: 429", "Execution failed"),
        )
    if configuration.startswith("Invalid permissions on Lambda function"):
        return _NOT_PERMITTED
    if status == 404 or (status is None and said == 404 and request.response_type):  # noqa: PLR2004
        return Cause(
            "function.not-found",
            "There is no such function, version or alias",
            "apitool up",
            evidence=("Lambda invocation failed with status: 404",),
        )
    if status is None:
        in_its_place = said == 403 and request.response_type  # noqa: PLR2004 - Lambda's AccessDenied
        return _NOT_PERMITTED if in_its_place else None
    return Cause(
        "function.invocation-failed",
        f"Lambda did not run the function: status {status}",
        "look at the function in the Lambda console: its state, role and key",
        evidence=("Lambda invocation failed",),
    )


_NOT_PERMITTED = Cause(
    "function.not-permitted",
    "The function's resource policy does not let this API invoke it",
    "apitool up --refresh (it puts the permission back)",
    evidence=(f"{_CONFIGURATION}: Invalid permissions",),
)


def _timed_out(request: Request) -> Cause | None:
    said = request.execution.said if request.execution else {}
    late = any(head.startswith("Execution failed due to a timeout error") for head in said)
    late = late or request.response_type == "INTEGRATION_TIMEOUT"
    if not late and (request.status != _GATEWAY_TIMEOUT or request.made_by == "handler"):
        return None
    waited = request.integration_ms or request.latency_ms
    within = f" within {waited} ms" if waited else " in time"
    return Cause(
        "function.no-answer-in-time",
        f"The function did not answer{within}; the gateway gave up, the function may run on",
        "make the function faster, raise the route's timeout_ms, or answer first and work later",
        "handler",
        evidence=("Execution failed due to a timeout error", "Method completed with status: 504"),
    )


def _by_configuration(request: Request) -> Cause | None:
    error = request.execution.configuration_error if request.execution else None
    if error is None:
        return _malformed_by_access_log(request)
    if error.startswith("Malformed Lambda proxy response"):
        return _malformed(request)
    for start, cause in _CONFIGURATION_ERRORS:
        if error.startswith(start):
            return replace(
                cause,
                seen=None if cause.pointer else error,
                evidence=(*cause.evidence, f"{_CONFIGURATION}: {start}"),
            )
    if "Starting authorizer" in request.execution.said if request.execution else False:
        return replace(_authorizer_broke(request), seen=error)
    return Cause(
        "integration.configuration",
        "The integration is set up so that it can't work",
        "compare the integration with what `apitool plan --refresh` says",
        seen=error,
        evidence=(_CONFIGURATION,),
        certain=False,
    )


_CONFIGURATION_ERRORS = (
    (
        "Unable to base64 decode the body",
        Cause(
            "response.body-not-base64",
            "`isBase64Encoded` is true and `body` is not base64",
            "encode the body, or leave isBase64Encoded out",
            "handler",
            pointer="/body",
            evidence=(_RETURNED,),
        ),
    ),
    (
        "Invalid endpoint address",
        Cause(
            "integration.invalid-endpoint",
            "The integration does not lead to a function: its httpMethod is not POST, or its URI is wrong",
            "set the integration's httpMethod to POST whatever the route's method is, and check the URI",
            evidence=("Endpoint request URI", "Sending request to"),
        ),
    ),
    (
        "Invalid request header mapping",
        Cause(
            "integration.poisonous-header-mapping",
            "The integration maps a header that AWS refuses to send, which fails every call",
            "remove it from the integration's requestParameters",
        ),
    ),
    (
        "Invalid JSON in response",
        BY_TYPE["AUTHORIZER_CONFIGURATION_ERROR"],
    ),
    (
        "API Gateway does not have permission to assume the provided role",
        Cause(
            "integration.role",
            "API Gateway may not assume the role in the integration's credentials",
            "let apigateway.amazonaws.com assume it, or leave `credentials` out",
        ),
    ),
    (
        "Unable to resolve host",
        Cause(
            "integration.endpoint", "The endpoint's host name does not resolve", "check the integration's URI"
        ),
    ),
)


def _malformed(request: Request) -> Cause:
    """`Malformed Lambda proxy response` is all AWS says; what was wrong is in the body data trace writes."""
    body = request.execution.endpoint_body if request.execution else None
    evidence = (_RETURNED, f"{_CONFIGURATION}: Malformed")
    found = shape.parse(body) if body is not None else None
    if body is not None and found is not None and found.cut:
        findings = [each for each in shape_findings(found.value) if each.severity == "error"]
        if findings:
            return of_finding(findings[0], *evidence)
    elif body is not None:
        finding = judge_payload(body.encode(errors="replace")).finding
        if finding is not None:
            return of_finding(finding, *evidence)
    why = "the log does not have it" if body is None else "what the log has of it breaks no known rule"
    return Cause(
        "response.malformed",
        f"The function's answer is no proxy response; {why}",
        _FULL if body is None else "log the answer in the handler: the execution log cuts it at 1,024 bytes",
        "handler",
        evidence=evidence,
        certain=False,
    )


def _malformed_by_access_log(request: Request) -> Cause | None:
    """Lambda answered 200 and the client got 502: with an access log alone, that is all there is."""
    said = request.access
    if said is None or said.number("status") != 502 or said.number("integrationStatus") != 200:  # noqa: PLR2004
        return None
    return _malformed(request) if request.made_by == "gateway" else None


def _turned_away(request: Request) -> Cause | None:
    kind = request.response_type
    lines = [text for _, text in request.execution.lines] if request.execution else []
    if kind not in BY_TYPE:
        by_line = (name for start, name in BY_LINE for text in lines if text.startswith(start))
        kind = next(by_line, None) or BY_MESSAGE.get((request.status or 0, request.error_message or ""))
    if kind is None and any(" not authorized because method " in text for text in lines):
        kind = "INVALID_API_KEY"
    if kind is None:
        return None
    if kind == "MISSING_AUTHENTICATION_TOKEN" and request.access and "resourcePath" in request.access.values:
        return UNSIGNED
    cause = _authorizer_broke(request) if kind == "AUTHORIZER_CONFIGURATION_ERROR" else BY_TYPE[kind]
    proof = next((text for start in cause.evidence for text in lines if text.startswith(start)), None)
    seen = f"{request.method or '?'} {request.path}" if kind == "MISSING_AUTHENTICATION_TOKEN" else None
    return replace(cause, seen=seen or _shorter(proof) or request.error_message)


def _own_status(request: Request) -> Cause | None:
    if request.made_by == "handler" and request.status is not None:
        broke = request.status >= _SERVER_ERROR
        return Cause(
            "handler.server-error" if broke else "handler.client-error",
            f"The function itself answered {request.status}; the gateway only passed it on",
            "read the function's own lines" if broke else "nothing to mend if that is what it should say",
            "handler",
            evidence=("[ERROR]", "Traceback", "Method response body", "Method completed with status"),
        )
    if request.status is not None and request.status < _ERROR:
        return Cause("ok", f"It succeeded with {request.status}", blame="none")
    ended = request.invocation is not None and request.invocation.ended
    return (
        Cause("ok", "The function ran without an error", blame="none") if ended and not request.id else None
    )


def _authorizer_broke(request: Request) -> Cause:
    """AWS answers alike whether the authorizer raises or returns garbage; what it returned tells which."""
    said = request.execution.said.get(_AUTHORIZER_SAID, "") if request.execution else ""
    raised = said.startswith('{"errorMessage":')
    return BY_TYPE["AUTHORIZER_FAILURE" if raised else "AUTHORIZER_CONFIGURATION_ERROR"]


def _shorter(text: str | None) -> str | None:
    return re.sub(r"\s+", " ", text)[:160] if text else None
