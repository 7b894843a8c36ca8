"""The event a function gets for a request, exactly as API Gateway makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apitool.errors import ApitoolError
from apitool.local.request_ids import new_ids
from apitool.project.deployed import as_canary, deployed_stage
from apitool.project.given_caller import anybody
from apitool.proxy.exchange import Answer, begin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.project.model import Project, Stage
    from apitool.stage.request_options import RequestOptions


def event_of(
    project: Project,
    stage: Stage,
    options: RequestOptions,
    *,
    authorizer: Mapping[str, Any] | None = None,
    canary: bool = False,
) -> dict[str, Any]:
    """The event. A route with an authorizer lets the request in: `authorizer` is what that one found out.

    Raises:
        UsageError: the options make no request.
        ApitoolError: the request reaches no function; says what the gateway answers and why.
    """
    deployed = deployed_stage(project, stage)
    deployed = as_canary(deployed) if canary else deployed
    request = options.request(deployed)
    caller = anybody(deployed, request, authorizer)
    step = begin(deployed, request, new_ids(), now_ms=request.received_at_ms, caller=caller)
    if isinstance(step, Answer):
        finding = step.verdict.finding
        raise ApitoolError(
            f"{request.method} {options.path} reaches no function: the gateway answers {step.status} itself",
            seen=finding.what if finding else step.body.decode(errors="replace"),
            fix=finding.fix if finding else "the routes are in apitool.toml",
        )
    event: dict[str, Any] = step.event
    return event
