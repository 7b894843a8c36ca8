"""The `$context` variables of a request, and their substitution in access-log formats and templates.

Values are strings, keyed without `$context.`. What AWS has no value for is missing here; an access log prints
`-` for it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from apitool.proxy.request_time import request_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apitool.proxy.caller import Caller
    from apitool.proxy.request import Ids, Request
    from apitool.proxy.routing import Match
    from apitool.proxy.stage import DeployedStage
    from apitool.proxy.verdict import Verdict

_VARIABLE = re.compile(r"\$(context|stageVariables)\.([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)")


def substitute(
    text: str, context: Mapping[str, str], stage_variables: Mapping[str, str], *, missing: str
) -> str:
    """Replace `$context.x` and `$stageVariables.x`; what has no value becomes `missing`."""
    tables = {"context": context, "stageVariables": stage_variables}
    return _VARIABLE.sub(lambda found: tables[found[1]].get(found[2], missing), text)


def request_context(
    stage: DeployedStage, request: Request, ids: Ids, route: Match | None, *, context_path: str
) -> dict[str, str]:
    """What is known when the request has come in."""
    agent = request.header("User-Agent")
    canary = stage.is_canary_request
    known: dict[str, str | None] = {
        "requestId": ids.request_id,
        "extendedRequestId": ids.extended_request_id,
        "accountId": stage.account_id,
        "apiId": stage.rest_api_id,
        "stage": stage.name,
        "deploymentId": stage.deployment_id,
        "domainName": stage.domain_name,
        "domainPrefix": stage.domain_prefix,
        "isCanaryRequest": None if canary is None else str(canary).lower(),
        "httpMethod": request.method,
        "path": context_path,
        "protocol": request.protocol,
        "requestTime": request_time(request.received_at_ms),
        "requestTimeEpoch": str(request.received_at_ms),
        "identity.sourceIp": request.source_ip,
        "identity.userAgent": agent,
        "resourceId": route.resource.id if route else None,
        "resourcePath": route.resource.path if route else None,
        "operationName": route.method.operation_name if route else None,
    }
    return {name: value for name, value in known.items() if value is not None}


def caller_context(caller: Caller) -> dict[str, str]:
    """What an authorizer, a signature or an API key adds: `authorizer.principalId`, `identity.apiKeyId`, …"""
    known: dict[str, str] = {f"identity.{name}": value for name, value in caller.identity.items()}
    if caller.api_key is not None:
        known["identity.apiKey"] = caller.api_key
    if caller.api_key_id is not None:
        known["identity.apiKeyId"] = caller.api_key_id
    known.update(_flat("authorizer", caller.authorizer or {}))
    return known


def _flat(prefix: str, members: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in members.items():
        if isinstance(value, dict):
            yield from _flat(f"{prefix}.{name}", value)
        else:
            yield f"{prefix}.{name}", value if isinstance(value, str) else json.dumps(value)


def error_context(response_type: str, message: str | None) -> dict[str, str]:
    """`error.messageString` is the message as JSON, quotes included; some errors have none (recorded)."""
    return {
        "error.message": "null" if message is None else message,
        "error.messageString": json.dumps(message),
        "error.responseType": response_type,
    }


def integration_context(
    verdict: Verdict, *, latency_ms: int | None, function_status: int | None, endpoint_request_id: str
) -> dict[str, str]:
    """What an integration adds.

    Recorded for a function error (stackd): `integrationStatus` and `integration.integrationStatus` are
    Lambda's own 200, `integration.status` is `-`, `integration.error` names the function's message.
    """
    status = None if verdict.integration_status is None else str(verdict.integration_status)
    known = {
        "integration.latency": None if latency_ms is None else str(latency_ms),
        "integrationLatency": None if latency_ms is None else str(latency_ms),
        "integration.integrationStatus": status,
        "integrationStatus": status,
        "integration.status": None if function_status is None else str(function_status),
        "integration.error": verdict.integration_error,
        "integrationErrorMessage": verdict.integration_error,
        "integration.requestId": endpoint_request_id or None,
        "awsEndpointRequestId": endpoint_request_id or None,
    }
    return {name: value for name, value in known.items() if value is not None}


def response_context(status: int, length: int, latency_ms: int, trace: str | None) -> dict[str, str]:
    """What is known when the answer goes out. `latency_ms` is from the request's arrival."""
    known = {
        "status": str(status),
        "responseLength": str(length),
        "responseLatency": str(latency_ms),
        "xrayTraceId": trace,
    }
    return {name: value for name, value in known.items() if value is not None}
