"""Going on after an apply that did not end well: what it made is kept, in the state again, never doubled.

Terraform stopped in the middle of a create leaves an object that no state knows (the next apply would fail on
its name, or make a second one), or one it calls tainted (the next apply would replace it: another URL, an
empty table). So a plan is compared with what exists:

- what is to be created and is there already, ours by name and tags, is imported;
- what is tainted is kept, and Terraform reads back what it still lacks;
- the RestApi is imported again: its body can't be read back, and the state claims one that may never have
  been put (the provider writes it down before it is sent);
- a RestApi of ours that no state knows and that serves no stage is removed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apitool.aws import existing, rest_api_twins
from apitool.stage import prepare
from apitool.terraform import plan_objects

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from apitool.aws.rest_api_twins import RestApi
    from apitool.console import Console
    from apitool.stage.prepare import Planned
    from apitool.stage.target import Target
    from apitool.terraform.plan_objects import PlannedObject
    from apitool.terraform.workspace import Workspace

_REST_API = "aws_api_gateway_rest_api"
_MADE_ANEW = frozenset({"aws_api_gateway_deployment"})  # a snapshot: a new one costs nobody anything


@dataclass(frozen=True, slots=True)
class Recovered:
    """`imports` is address to id; `spare` are RestApis that serve nobody."""

    planned: Planned
    imports: Mapping[str, str]
    spare: tuple[RestApi, ...] = ()


def plan(
    target: Target, workspace: Workspace, variables: Mapping[str, object], console: Console
) -> Recovered:
    """As `prepare.plan`, going on from what an unfinished apply left.

    Raises:
        ApitoolError: several RestApis of ours serve stages.
    """
    planned = prepare.plan(workspace, variables, console)
    tainted = any(change.reason == "tainted" for change in planned.plan.changes)
    if not (tainted or workspace.unfinished_since or _is_doubled(target, planned)):
        return Recovered(planned, {})
    return _recovered(target, workspace, variables, console, planned)


def finish(target: Target, workspace: Workspace, variables: Mapping[str, object], console: Console) -> None:
    """Before a destruction: what an unfinished apply left goes into the state, and goes with the rest."""
    if not workspace.unfinished_since:
        return
    recovered = plan(target, workspace, variables, console)
    if recovered.imports:
        with console.step("adopt", ", ".join(recovered.imports.values())):
            workspace.apply(workspace.plan(targets=list(recovered.imports)))
    workspace.adopt({})
    remove(target, recovered.spare, console)


def remove(target: Target, spare: tuple[RestApi, ...], console: Console) -> None:
    """Remove the RestApis that serve nobody."""
    for api in spare:
        with console.step("remove", f"RestApi {api.id}: of an unfinished run, serves nobody"):
            rest_api_twins.remove(target.account, api, target.stage.name)


def remove_twins(target: Target, planned: Planned, outputs: Mapping[str, Any], console: Console) -> None:
    """After a RestApi was made: a lost reply has CreateRestApi sent again, and then there are two."""
    if _creates_rest_api(planned):
        found = rest_api_twins.ours(target.account, target.rest_api_name, target.tags)
        spare = rest_api_twins.spare(target.account, found, {outputs["rest_api_id"]})
        remove(target, tuple(spare), console)


def _recovered(
    target: Target,
    workspace: Workspace,
    variables: Mapping[str, object],
    console: Console,
    planned: Planned,
) -> Recovered:
    objects = plan_objects.objects(workspace.show(planned.plan))
    found = _kept(workspace, objects, console) or _left_behind(target, objects, console)
    imports: dict[str, str] = {}
    while found:
        imports |= {address: identity for address, identity in found.items() if identity}
        workspace.adopt(imports)
        # Once more: names that hang on an adopted object's id (log group, stage) are known only now.
        planned = prepare.plan(workspace, variables, console)
        objects = plan_objects.objects(workspace.show(planned.plan))
        found = _left_behind(target, objects, console)
    return Recovered(planned, imports, tuple(_spare(target, objects)))


def _is_doubled(target: Target, planned: Planned) -> bool:
    """Whether the plan creates a RestApi although there is one of ours: its state is lost, or elsewhere."""
    if not _creates_rest_api(planned):
        return False
    return bool(rest_api_twins.ours(target.account, target.rest_api_name, target.tags))


def _creates_rest_api(planned: Planned) -> bool:
    return any(
        change.resource.type == _REST_API and change.action == "create" for change in planned.plan.changes
    )


def _kept(workspace: Workspace, objects: Sequence[PlannedObject], console: Console) -> dict[str, str]:
    """Keep what is tainted: address to import id, which is empty for what need not be imported."""
    tainted = [each for each in objects if each.tainted and each.type not in _MADE_ANEW]
    if tainted:
        console.say(f"keeping what the unfinished run began: {', '.join(each.id for each in tainted)}")
    again = [each for each in objects if each.type == _REST_API and each.id and not each.deposed]
    if again:
        workspace.forget([each.address for each in again])
    untainted = [each.address for each in tainted if each not in again]
    workspace.untaint(untainted)
    return dict.fromkeys(untainted, "") | {each.address: each.id for each in again}


def _left_behind(target: Target, objects: Sequence[PlannedObject], console: Console) -> dict[str, str]:
    """Address and import id of what is to be created and exists."""
    found = {
        each.address: existing.import_id(target.account, each.type, each.values)
        for each in objects
        if each.created
    }
    imports = {address: identity for address, identity in found.items() if identity}
    if imports:
        console.say(f"adopting what the unfinished run left: {', '.join(imports.values())}")
    return imports


def _spare(target: Target, objects: Sequence[PlannedObject]) -> list[RestApi]:
    known = {each.id for each in objects if each.type == _REST_API and each.id}
    found = rest_api_twins.ours(target.account, target.rest_api_name, target.tags)
    return rest_api_twins.spare(target.account, found, known)
