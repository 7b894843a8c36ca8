"""Proxy events as API Gateway REST sends them: exactly twelve keys, null where nothing was given."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

IDENTITY: dict[str, Any] = {
    "cognitoIdentityPoolId": None,
    "accountId": None,
    "cognitoIdentityId": None,
    "caller": None,
    "sourceIp": "203.0.113.1",
    "principalOrgId": None,
    "accessKey": None,
    "cognitoAuthenticationType": None,
    "cognitoAuthenticationProvider": None,
    "userArn": None,
    "userAgent": "curl/8.14.1",
    "user": None,
}
HEADERS = {
    "Accept": "*/*",
    "Host": "abcdef1234.execute-api.eu-central-1.amazonaws.com",
    "User-Agent": "curl/8.14.1",
    "X-Amzn-Trace-Id": "Root=1-66f2d1f0-0123456789abcdef01234567",
    "X-Forwarded-For": "203.0.113.1",
    "X-Forwarded-Port": "443",
    "X-Forwarded-Proto": "https",
}


def proxy_event(
    method: str,
    path: str,
    *,
    query: str = "",
    headers: dict[str, str] | None = None,
    body: str | None = None,
    encoded: bool = False,
    stage: str = "prod",
    base: str | None = None,
) -> dict[str, Any]:
    """The event of one request. `base` is what stands before the path in the URL; the stage by default."""
    given = HEADERS | (headers or {})
    pairs = parse_qsl(query, keep_blank_values=True)
    member = path.removeprefix("/orders/").rstrip("/") if path.startswith("/orders/") else None
    return {
        "resource": "/orders/{orderId}" if member else path,
        "path": path,
        "httpMethod": method,
        "headers": given,
        "multiValueHeaders": {name: [value] for name, value in given.items()},
        "queryStringParameters": dict(pairs) or None,
        "multiValueQueryStringParameters": _multi(pairs) or None,
        "pathParameters": {"orderId": member} if member else None,
        "stageVariables": None,
        "requestContext": _context(method, path, stage, base if base is not None else f"/{stage}"),
        "body": body,
        "isBase64Encoded": encoded,
    }


def _multi(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    return {name: [v for n, v in pairs if n == name] for name, _ in pairs}


def _context(method: str, path: str, stage: str, base: str) -> dict[str, Any]:
    return {
        "resourceId": "k2x9ab",
        "resourcePath": path,
        "httpMethod": method,
        "extendedRequestId": "e1Vd0EbuFiAFpEg=",
        "requestTime": "24/Sep/2026:20:16:32 +0000",
        "path": f"{base}{path}",
        "accountId": "123456789012",
        "protocol": "HTTP/1.1",
        "stage": stage,
        "domainPrefix": "abcdef1234",
        "requestTimeEpoch": 1790280992000,
        "requestId": "7f0f9a52-4b3c-4a35-9d5e-0a4b1c2d3e4f",
        "identity": IDENTITY,
        "domainName": "abcdef1234.execute-api.eu-central-1.amazonaws.com",
        "deploymentId": "d3pl0y",
        "apiId": "abcdef1234",
    }
