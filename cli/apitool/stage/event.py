"""The event a function gets for a request, exactly as API Gateway makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apitool.errors import ApitoolError
from apitool.local.request_ids import new_ids
from apitool.project.deployed import deployed_stage
from apitool.proxy.exchange import Answer, begin

if TYPE_CHECKING:
    from apitool.project.model import Project, Stage
    from apitool.stage.request_options import RequestOptions


def event_of(project: Project, stage: Stage, options: RequestOptions) -> dict[str, Any]:
    """The event.

    Raises:
        UsageError: the options make no request.
        ApitoolError: the request reaches no function; says what the gateway answers and why.
    """
    deployed = deployed_stage(project, stage)
    request = options.request(deployed)
    step = begin(deployed, request, new_ids(), now_ms=request.received_at_ms)
    if isinstance(step, Answer):
        finding = step.verdict.finding
        raise ApitoolError(
            f"{request.method} {options.path} reaches no function: the gateway answers {step.status} itself",
            seen=finding.what if finding else step.body.decode(errors="replace"),
            fix=finding.fix if finding else "the routes are in apitool.toml",
        )
    event: dict[str, Any] = step.event
    return event
