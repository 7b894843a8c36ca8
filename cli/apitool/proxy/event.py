"""The proxy event: what a function gets for a request. Twelve keys, in the order they have on the wire.

Key order of the event and its requestContext: stackd's capture of a regional API, September 2026. Null rules:
the same and LocalStack's `test_lambda_aws_proxy_integration`.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import orjson

from apitool.proxy.event_headers import event_headers
from apitool.proxy.event_identity import identity_of
from apitool.proxy.request_time import request_time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.proxy.event_headers import EventHeaders
    from apitool.proxy.passage import Passage
    from apitool.proxy.routing import Match

_NOTHING: frozenset[str] = frozenset()
_SIGNATURE = frozenset({"authorization"})
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


def proxy_event(passage: Passage, route: Match) -> dict[str, Any]:
    """The event of a routed request."""
    request, stage = passage.request, passage.stage
    headers, every_header = function_headers(passage, route)
    binary = bool(request.body) and passage.binary_body
    return {
        "resource": route.resource.path,
        "path": passage.path.path,
        "httpMethod": request.method,
        "headers": headers or None,  # none only in a test of a method
        "multiValueHeaders": every_header or None,
        "queryStringParameters": {key: values[-1] for key, values in request.query.items()} or None,
        "multiValueQueryStringParameters": request.query or None,
        "pathParameters": route.path_parameters or None,
        "stageVariables": stage.variables or None,
        "requestContext": event_context(passage, route),
        "body": _body(request.body, binary=binary),
        "isBase64Encoded": binary,
    }


def payload_of(event: Mapping[str, Any]) -> bytes:
    """The event as Lambda gets it: compact JSON. Bytes of headers that are not UTF-8 become `?`.

    orjson writes the same bytes in a tenth of the time: an event holds strings, whole numbers, booleans and
    nulls, all of which JSON has one compact form for. It refuses lone surrogates and numbers beyond 64 bits.
    """
    try:
        return orjson.dumps(event)
    except orjson.JSONEncodeError:
        return _ENCODER.encode(event).encode(errors="replace")


def function_headers(passage: Passage, route: Match) -> tuple[dict[str, str], EventHeaders]:
    """Without a SigV4 Authorization, which does not reach the function (recorded by stackd)."""
    used_up = _SIGNATURE if route.method.authorization == "AWS_IAM" else _NOTHING
    return event_headers(
        passage.stage, passage.request, passage.ids, trace=passage.trace.event_value, without=used_up
    )


def _body(body: bytes, *, binary: bool) -> str | None:
    if not body:
        return None
    return base64.b64encode(body).decode() if binary else body.decode(errors="replace")


def event_context(passage: Passage, route: Match) -> dict[str, Any]:
    """`requestContext`. Three of its members are only there when they have a value."""
    request, stage, ids = passage.request, passage.stage, passage.ids
    authorizer, name = passage.caller.authorizer, route.method.operation_name
    context: dict[str, Any] = {"resourceId": route.resource.id}
    if authorizer is not None:
        context["authorizer"] = dict(authorizer)
    context["resourcePath"] = route.resource.path
    if name is not None:
        context["operationName"] = name
    context |= {
        "httpMethod": request.method,
        "extendedRequestId": ids.extended_request_id,
        "requestTime": request_time(request.received_at_ms),
        "path": passage.path.context_path,
        "accountId": stage.account_id,
        "protocol": request.protocol,
        "stage": stage.name,
        "domainPrefix": stage.domain_prefix,
        "requestTimeEpoch": request.received_at_ms,
        "requestId": ids.request_id,
        "identity": identity_of(request, passage.caller),
        "domainName": stage.domain_name,
    }
    if not stage.is_test:
        context["deploymentId"] = stage.deployment_id
    context["apiId"] = stage.rest_api_id
    if stage.is_canary_request is not None:
        context["isCanaryRequest"] = stage.is_canary_request
    return context
