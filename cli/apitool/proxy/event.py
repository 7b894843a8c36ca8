"""The proxy event: what a function gets for a request. Twelve keys, in the order they have on the wire.

Key order of the event and its requestContext: stackd's capture of a regional API, September 2026. Null rules:
the same and LocalStack's `test_lambda_aws_proxy_integration`.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from apitool.proxy.event_headers import multi_value_headers, single_values
from apitool.proxy.media import request_is_binary
from apitool.proxy.query import decode_query
from apitool.proxy.request_time import request_time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.proxy.passage import Passage
    from apitool.proxy.routing import Match

_IDENTITY = (
    "cognitoIdentityPoolId",
    "accountId",
    "cognitoIdentityId",
    "caller",
    "sourceIp",
    "principalOrgId",
    "accessKey",
    "cognitoAuthenticationType",
    "cognitoAuthenticationProvider",
    "userArn",
    "userAgent",
    "user",
)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, as an authorizer found out; the default is an anonymous one.

    `identity` fills members of `requestContext.identity` (AWS_IAM: accountId, caller, principalOrgId,
    accessKey, userArn, user). `authorizer` becomes `requestContext.authorizer`; AWS_IAM adds none.
    """

    identity: Mapping[str, str] = field(default_factory=dict)
    authorizer: Mapping[str, Any] | None = None
    api_key: str | None = None
    api_key_id: str | None = None


ANONYMOUS = Caller()


def proxy_event(passage: Passage, route: Match, caller: Caller = ANONYMOUS) -> dict[str, Any]:
    """The event of a routed request."""
    request, stage = passage.request, passage.stage
    headers = multi_value_headers(
        stage, request, passage.ids, trace=passage.trace.event_value, without=_used_up(route)
    )
    query = decode_query(request.raw_query)
    binary = bool(request.body) and request_is_binary(
        request.header("Content-Type"), stage.api.binary_media_types
    )
    return {
        "resource": route.resource.path,
        "path": passage.path.path,
        "httpMethod": request.method,
        "headers": single_values(headers),
        "multiValueHeaders": headers,
        "queryStringParameters": {key: values[-1] for key, values in query.items()} or None,
        "multiValueQueryStringParameters": query or None,
        "pathParameters": route.path_parameters or None,
        "stageVariables": dict(stage.variables) or None,
        "requestContext": _request_context(passage, route, caller),
        "body": _body(request.body, binary=binary),
        "isBase64Encoded": binary,
    }


def payload_of(event: Mapping[str, Any]) -> bytes:
    """The event as Lambda gets it: compact JSON. Bytes of headers that are not UTF-8 become `?`."""
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


def _used_up(route: Match) -> frozenset[str]:
    """A SigV4 Authorization header does not reach the function (recorded by stackd)."""
    return frozenset({"authorization"} if route.method.authorization == "AWS_IAM" else ())


def _body(body: bytes, *, binary: bool) -> str | None:
    if not body:
        return None
    return base64.b64encode(body).decode() if binary else body.decode(errors="replace")


def _request_context(passage: Passage, route: Match, caller: Caller) -> dict[str, Any]:
    request, stage, ids = passage.request, passage.stage, passage.ids
    context = {
        "resourceId": route.resource.id,
        "authorizer": None if caller.authorizer is None else dict(caller.authorizer),
        "resourcePath": route.resource.path,
        "operationName": route.method.operation_name,
        "httpMethod": request.method,
        "extendedRequestId": ids.extended_request_id,
        "requestTime": request_time(request.received_at_ms),
        "path": passage.path.context_path,
        "accountId": stage.account_id,
        "protocol": request.protocol,
        "stage": stage.name,
        "domainPrefix": stage.domain_name.partition(".")[0],
        "requestTimeEpoch": request.received_at_ms,
        "requestId": ids.request_id,
        "identity": _identity(passage, caller),
        "domainName": stage.domain_name,
        "deploymentId": stage.deployment_id,
        "apiId": stage.rest_api_id,
        "isCanaryRequest": stage.is_canary_request,
    }
    optional = {"authorizer", "operationName", "isCanaryRequest"}
    return {key: value for key, value in context.items() if value is not None or key not in optional}


def _identity(passage: Passage, caller: Caller) -> dict[str, str | None]:
    known = {
        "sourceIp": passage.request.source_ip,
        "userAgent": passage.request.header("User-Agent"),
        **caller.identity,
    }
    identity: dict[str, str | None] = {name: known.get(name) for name in _IDENTITY}
    if caller.api_key is not None:
        identity |= {"apiKey": caller.api_key, "apiKeyId": caller.api_key_id}
    return identity
