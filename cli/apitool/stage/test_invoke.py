"""`call --test-invoke`: the same request, run by API Gateway's own test of a method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.aws.test_invocation import test_invoke as ask
from apitool.errors import ApitoolError
from apitool.logs.cause import as_finding
from apitool.logs.execution import of_test_invoke
from apitool.logs.explain import explain
from apitool.logs.request import Request
from apitool.project.deployed import deployed_stage
from apitool.proxy.response import judge_payload
from apitool.proxy.routing import match, split_stage
from apitool.stage import logging
from apitool.stage.call import Called

if TYPE_CHECKING:
    from apitool.proxy.routing import Match
    from apitool.proxy.verdict import Finding
    from apitool.stage.request_options import RequestOptions
    from apitool.stage.target import Target


def test_invoke(target: Target, options: RequestOptions) -> Called:
    """Raises ApitoolError when no route serves the request, the stage is not up, or AWS refuses."""
    project, stage = target.project, target.stage
    deployed = deployed_stage(project, stage)
    request = options.request(deployed)
    route = match(deployed.api, request.method, split_stage(request.raw_path).path)
    if route is None:
        raise ApitoolError(
            f"no route serves {request.method} {options.path}",
            seen=", ".join(each.key for each in project.routes),
            fix="TestInvokeMethod needs a method of the API",
        )
    settings = logging.settings_of(target)
    tested = ask(
        target.account, settings.rest_api_id, request, resource=route.resource.path, stage=stage.name
    )
    return Called(
        where=f"TestInvokeMethod {settings.rest_api_id}",
        method=request.method,
        target=f" {request.target.removeprefix(f'/{stage.name}')}",
        status=tested.status,
        headers=tested.headers,
        body=tested.body.encode(),
        timing={"gateway": float(tested.latency_ms)},
        log=tested.log,
        findings=_findings(route, "\n".join(tested.log)),
    )


def _findings(route: Match, log: str) -> tuple[Finding, ...]:
    """The verdict on what the function returned, which this log has whole; else what the log proves."""
    execution = of_test_invoke(log)
    integration = route.method.integration
    returned = execution.endpoint_body
    if (
        integration is not None
        and integration.type == "AWS_PROXY"
        and returned is not None
        and execution.function_error is None
        and execution.invocation_failed is None
    ):
        return judge_payload(returned.encode(errors="replace")).findings
    cause = explain(Request(execution.request_id, execution))
    return () if cause.blame == "none" or execution.succeeded else (as_finding(cause),)
