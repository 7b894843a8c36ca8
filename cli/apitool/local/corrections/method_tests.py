"""TestInvokeMethod: one method of an API as it stands, run by the gateway's own model."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any, Protocol

from moto.apigateway.exceptions import RestAPINotFound
from moto.apigateway.responses import APIGatewayResponse

from apitool.local.corrections import deployments, refusals
from apitool.local.corrections.correction import Correction
from apitool.local.endpoint import ACCOUNT_ID
from apitool.local.request_ids import new_ids
from apitool.proxy.answer import Answer
from apitool.proxy.exchange import finish
from apitool.proxy.method_test import TestAnswer, TestRequest, begin_test, test_answer
from apitool.proxy.openapi import rest_api

if TYPE_CHECKING:
    from collections.abc import Callable

    from moto.apigateway.models import RestAPI

    from apitool.proxy.api import Resource
    from apitool.proxy.exchange import HttpCall, Invocation
    from apitool.proxy.request import Headers


class Perform(Protocol):
    """Does what a step asks for, from any thread, and waits for what it comes to."""

    def __call__(self, step: Invocation | HttpCall) -> Any: ...  # noqa: ANN401 - an Outcome or an HttpOutcome


def corrections(perform: Perform) -> tuple[Correction, ...]:
    """With what runs functions and calls endpoints."""

    def run_test(
        _original: Callable[..., Any] | None, response: APIGatewayResponse
    ) -> tuple[int, dict[str, str], str]:
        _, _, api_id, _, resource_id, _, verb = response.path.split("/")
        asked = json.loads(response.body or "{}")
        started, ids = time.time_ns() // 1_000_000, new_ids()
        api = _api(response, api_id, resource_id)
        served = rest_api(
            deployments.snapshot(api),
            resource_ids={each.get_path(): each.id for each in api.resources.values()},
        )
        resource = next(each for each in served.resources if each.id == resource_id)
        step = begin_test(
            served,
            _request(resource, verb, asked),
            ids,
            rest_api_id=api.id,
            account_id=ACCOUNT_ID,
            region=api.region_name,
            identity=_identity(response),
            now_ms=started,
        )
        answer = _finished(step, perform)
        now_ms = time.time_ns() // 1_000_000
        tested = test_answer(answer, ids, at_ms=started)
        return 200, {"Content-Type": "application/json"}, json.dumps(_shown(tested, now_ms - started))

    reason = "moto has no TestInvokeMethod"
    return (Correction(APIGatewayResponse, "test_invoke_method", reason, run_test),)


def _api(response: APIGatewayResponse, api_id: str, resource_id: str) -> RestAPI:
    """AWS's 404 speaks of the resource where the API is missing too (recorded)."""
    try:
        api: RestAPI = response.backend.get_rest_api(api_id)
    except RestAPINotFound as error:
        raise refusals.NotFound(refusals.INVALID_RESOURCE) from error
    if resource_id not in api.resources:
        raise refusals.NotFound(refusals.INVALID_RESOURCE)
    return api


def _request(resource: Resource, verb: str, asked: dict[str, Any]) -> TestRequest:
    return TestRequest(
        resource=resource,
        verb=verb,
        path_with_query=asked.get("pathWithQueryString") or "",
        headers=_headers(asked),
        body=(asked.get("body") or "").encode(),
        stage_variables=asked.get("stageVariables"),
    )


def _headers(asked: dict[str, Any]) -> Headers:
    several = asked.get("multiValueHeaders") or {}
    single = {name: [value] for name, value in (asked.get("headers") or {}).items() if name not in several}
    return tuple((name, value) for name, values in {**single, **several}.items() for value in values)


def _finished(step: Answer | Invocation | HttpCall | None, perform: Perform) -> Answer:
    if step is None:
        raise refusals.NotFound(refusals.INVALID_METHOD)
    if isinstance(step, Answer):
        return step
    return finish(step, perform(step), now_ms=time.time_ns() // 1_000_000)


def _identity(response: APIGatewayResponse) -> dict[str, str]:
    """Who tests: the account itself, in the embedded AWS."""
    return {
        "accountId": ACCOUNT_ID,
        "caller": ACCOUNT_ID,
        "user": ACCOUNT_ID,
        "userArn": f"arn:aws:iam::{ACCOUNT_ID}:root",
        "userAgent": response.headers.get("User-Agent", ""),
    }


def _shown(tested: TestAnswer, latency_ms: int) -> dict[str, Any]:
    several: dict[str, list[str]] = {}
    for name, value in tested.headers:
        several.setdefault(name, []).append(value)
    return {
        "status": tested.status,
        "body": tested.body.decode(errors="replace"),
        "headers": {name: values[-1] for name, values in several.items()},
        "multiValueHeaders": several,
        "log": tested.log,
        "latency": latency_ms,
    }
