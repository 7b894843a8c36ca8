"""TestInvokeMethod: a method run by API Gateway itself, with its log, whatever the stage's logging says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from apitool.aws.refusals import calling
from apitool.errors import ApitoolError

if TYPE_CHECKING:
    from apitool.aws.account import Account
    from apitool.proxy.request import Headers, Request


@dataclass(frozen=True, slots=True)
class TestInvocation:
    """`latency_ms` as API Gateway measured it."""

    __test__ = False  # pytest: no tests in here

    status: int
    headers: Headers
    body: str
    log: tuple[str, ...]
    latency_ms: int


def test_invoke(
    account: Account, rest_api_id: str, request: Request, *, resource: str, stage: str
) -> TestInvocation:
    """Run the method of `resource` that serves the request.

    Raises:
        ApitoolError: there is no such resource, or AWS refuses.
    """
    client = account.client("apigateway")
    with calling(f"run TestInvokeMethod on RestApi {rest_api_id}"):
        answer = client.test_invoke_method(
            restApiId=rest_api_id,
            resourceId=_resource_id(client, rest_api_id, resource),
            httpMethod=request.method,
            pathWithQueryString=_below_the_stage(request, stage),
            body=request.body.decode(errors="replace"),
            multiValueHeaders=_grouped(request.headers),
        )
    headers = [
        (name, value) for name, values in answer.get("multiValueHeaders", {}).items() for value in values
    ]
    return TestInvocation(
        status=int(answer["status"]),
        headers=tuple(headers) or tuple(answer.get("headers", {}).items()),
        body=str(answer.get("body") or ""),
        log=tuple(str(answer.get("log") or "").splitlines()),
        latency_ms=int(answer.get("latency") or 0),
    )


def _resource_id(client: Any, rest_api_id: str, path: str) -> str:  # noqa: ANN401 - a boto3 client
    for page in client.get_paginator("get_resources").paginate(restApiId=rest_api_id):
        for resource in page["items"]:
            if resource["path"] == path:
                return str(resource["id"])
    raise ApitoolError(
        f"RestApi {rest_api_id} has no resource `{path}`", seen="GetResources", fix="apitool up"
    )


def _below_the_stage(request: Request, stage: str) -> str:
    parts = urlsplit(request.target.removeprefix(f"/{stage}"))
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _grouped(headers: Headers) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, value in headers:
        if name.lower() not in {"host", "content-length"}:
            grouped.setdefault(name, []).append(value)
    return grouped
