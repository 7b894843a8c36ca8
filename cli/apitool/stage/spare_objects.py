"""What is there twice after an apply: API Gateway keeps no names of its objects unique.

A create whose reply is lost is sent again by the provider's SDK, and the state knows the second object only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apitool.aws import rest_api_twins, spare_deployments, spare_tagged, state_object
from apitool.terraform import plan_objects

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from apitool.console import Console
    from apitool.stage.prepare import Planned
    from apitool.stage.target import Target
    from apitool.terraform.backend import S3Backend


def remove(
    target: Target,
    backend: S3Backend,
    planned: Planned,
    outputs: Mapping[str, Any],
    console: Console,
    *,
    since: datetime,
    unfinished: bool,
) -> None:
    """Remove RestApis that serve no stage, deployments no stage uses, and what our tags alone tell apart and
    no state knows: keys, plans, links, certificates. Looked at are the kinds that were just made.

    With `unfinished` of any kind: the apply that did not end well may have made them.

    Raises:
        ApitoolError: a RestApi of ours that no state knows serves a stage.
    """
    rest_api_id = outputs.get("rest_api_id")
    if unfinished or plan_objects.creates(planned.plan, plan_objects.REST_API):
        _rest_apis(target, rest_api_id, console)
    if unfinished or any(plan_objects.creates(planned.plan, each) for each in plan_objects.TAGGED):
        _tagged(target, backend, console)
    if rest_api_id and (unfinished or plan_objects.creates(planned.plan, plan_objects.DEPLOYMENT)):
        _deployments(target, rest_api_id, console, since)


def _rest_apis(target: Target, known: str | None, console: Console) -> None:
    found = rest_api_twins.ours(target.account, target.rest_api_name, target.tags)
    for api in rest_api_twins.spare(target.account, found, known):
        with console.step("remove", f"RestApi {api.id}: made twice, serves nobody"):
            rest_api_twins.remove(target.account, api, target.stage.name)


def _tagged(target: Target, backend: S3Backend, console: Console) -> None:
    state = state_object.read(target.account, backend.bucket, backend.key)
    known = {each.id for each in state.instances} if state else set()
    for spare in spare_tagged.find(target.account, target.tags, known):
        with console.step("remove", f"{spare.kind} {spare.name} ({spare.id}): made twice, no state knows it"):
            spare_tagged.remove(target.account, spare)


def _deployments(target: Target, rest_api_id: str, console: Console, since: datetime) -> None:
    for deployment in spare_deployments.find(target.account, rest_api_id, since):
        with console.step("remove", f"deployment {deployment}: made twice, no stage uses it"):
            spare_deployments.remove(target.account, rest_api_id, deployment)
