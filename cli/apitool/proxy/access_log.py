"""Access-log lines: a format with `$context` variables, filled in for one request.

A variable without a value prints `-` (recorded by stackd). Values go in as they are; whether AWS escapes
quotes in them is not recorded, so a reader must not trust a JSON format to stay JSON.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from apitool.proxy.context import substitute

if TYPE_CHECKING:
    from collections.abc import Mapping

JOIN_KEYS: Mapping[str, str] = {
    "requestId": "$context.requestId",
    "extendedRequestId": "$context.extendedRequestId",
    "integrationRequestId": "$context.integration.requestId",
    "ip": "$context.identity.sourceIp",
    "httpMethod": "$context.httpMethod",
    "resourcePath": "$context.resourcePath",
    "path": "$context.path",
    "status": "$context.status",
    "protocol": "$context.protocol",
    "responseLength": "$context.responseLength",
    "responseLatency": "$context.responseLatency",
    "integrationLatency": "$context.integration.latency",
    "functionStatus": "$context.integration.status",
    "integrationStatus": "$context.integration.integrationStatus",
    "integrationError": "$context.integration.error",
    "errorMessage": "$context.error.message",
    "errorResponseType": "$context.error.responseType",
    "requestTime": "$context.requestTime",
    "requestTimeEpoch": "$context.requestTimeEpoch",
    "userAgent": "$context.identity.userAgent",
    "xrayTraceId": "$context.xrayTraceId",
}
"""What joins an access-log line with execution and function logs, and what explains it."""

DEFAULT_FORMAT = json.dumps(JOIN_KEYS, separators=(",", ":"))
"""One line of JSON. The Terraform module carries the same; a test holds them together."""


def access_log_line(log_format: str, context: Mapping[str, str], stage_variables: Mapping[str, str]) -> str:
    """One line, without the line break a format may end in."""
    return substitute(log_format, context, stage_variables, missing="-").rstrip("\n")
