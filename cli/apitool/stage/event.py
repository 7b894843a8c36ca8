"""The event a function gets for a request, exactly as API Gateway makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apitool.errors import ApitoolError
from apitool.local.request_ids import new_ids
from apitool.project.deployed import as_canary, deployed_stage
from apitool.project.given_caller import PRINCIPAL, authorization_of, given_caller
from apitool.proxy.exchange import Answer, begin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.project.model import Project, Stage
    from apitool.proxy.caller import Caller
    from apitool.proxy.request import Request
    from apitool.proxy.stage import DeployedStage
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
    caller = _let_in(deployed, request, authorizer)
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


def _let_in(stage: DeployedStage, request: Request, authorizer: Mapping[str, Any] | None) -> Caller:
    """Somebody the route's authorization would let in, made up where nothing is given."""
    kind = authorization_of(stage, request)
    if authorizer is None and kind in {"CUSTOM", "COGNITO_USER_POOLS"}:
        authorizer = {"principalId": PRINCIPAL} if kind == "CUSTOM" else {"claims": {"sub": PRINCIPAL}}
    identity: Mapping[str, str] | None = {} if kind == "AWS_IAM" and authorizer is None else None
    return given_caller(stage, request, authorizer=authorizer, identity=identity)
