"""What an unfinished apply left, taken over by the next plan:

- what is to be created and is there already, ours by name and tags, is imported;
- what is tainted is kept: imported again or untainted, and Terraform reads back what it still lacks;
- the RestApi is imported again in any case: its body can't be read back, and the state claims one that may
  never have been put (the provider writes it down before it is sent);
- a function is imported again when it has other code than the state claims, for the same reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.aws import apply_journal, existing, live_code, rest_api_twins, state_object
from apitool.stage import prepare
from apitool.terraform import plan_objects
from apitool.terraform.plan_objects import REST_API

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from apitool.aws.state_object import Instance
    from apitool.console import Console
    from apitool.stage.prepare import Planned
    from apitool.stage.target import Target
    from apitool.terraform.plan_objects import PlannedObject
    from apitool.terraform.workspace import Workspace

_MADE_ANEW = frozenset({"aws_api_gateway_deployment"})  # a snapshot: a new one costs nobody anything

# Imported by the id the state has, all in one go: each `untaint` is a start of Terraform.
_IMPORTED_BY_ID = frozenset(
    {"aws_cloudwatch_log_group", "aws_dynamodb_table", "aws_iam_role", "aws_lambda_function", "aws_sqs_queue"}
)


def is_doubled(target: Target, planned: Planned) -> bool:
    """Whether the plan creates a RestApi although there is one of ours: its state is lost, or elsewhere."""
    if not plan_objects.creates(planned.plan, REST_API):
        return False
    return bool(rest_api_twins.ours(target.account, target.rest_api_name, target.tags))


def plan(target: Target, workspace: Workspace, variables: Mapping[str, object], console: Console) -> Planned:
    """The plan that goes on from what is there."""
    kept = _kept(target, workspace, console)
    workspace.adopt(kept)
    planned, _ = _importing(target, workspace, variables, console, kept)
    return planned


def put_into_state(
    target: Target, workspace: Workspace, variables: Mapping[str, object], console: Console
) -> None:
    """Import what no state knows, so that a destruction finds it."""
    _, imports = _importing(target, workspace, variables, console, {})
    if imports:
        with console.step("adopt", ", ".join(imports.values())):
            workspace.apply(workspace.plan(targets=list(imports)))
    workspace.adopt({})


def _importing(
    target: Target,
    workspace: Workspace,
    variables: Mapping[str, object],
    console: Console,
    kept: Mapping[str, str],
) -> tuple[Planned, dict[str, str]]:
    """Plan until nothing more is found: names that hang on an imported object's id are known only then."""
    imports = dict(kept)
    while True:
        planned = prepare.plan(workspace, variables, console)
        found = _existing(target, plan_objects.to_create(workspace.show(planned.plan)), console)
        if not found:
            return planned, imports
        imports |= found
        workspace.adopt(imports)


def _kept(target: Target, workspace: Workspace, console: Console) -> dict[str, str]:
    """Keep what is tainted, and take the RestApi out of the state to import it: its address and id."""
    backend = workspace.backend
    prepare.initialise(workspace, console)
    state = state_object.read(target.account, backend.bucket, backend.key)
    instances = state.instances if state else ()
    tainted = [each for each in instances if each.tainted and each.type not in _MADE_ANEW]
    again = [each for each in instances if each.type == REST_API and _is_there(target, each.id)]
    again += [each for each in tainted if each.type in _IMPORTED_BY_ID]
    again += [each for each in instances if not each.tainted and _has_other_code(target, each)]
    if tainted:
        console.say(f"keeping what the unfinished run began: {', '.join(each.id for each in tainted)}")
    if tainted or again:
        with console.step("state", "taking up what the unfinished run left") as step:
            step.skipped = True
            if again:
                apply_journal.begin(target.account, backend.bucket, backend.key)
                workspace.forget([each.address for each in again])  # until the apply only the journal knows
            workspace.untaint([each.address for each in tainted if each not in again])
    return {each.address: each.id for each in again}


def _has_other_code(target: Target, instance: Instance) -> bool:
    if instance.code is None:
        return False
    live = live_code.sha256(target.account, instance.id)
    return live is not None and live != instance.code


def _is_there(target: Target, rest_api_id: str) -> bool:
    ours = rest_api_twins.ours(target.account, target.rest_api_name, target.tags)
    return any(api.id == rest_api_id for api in ours)


def _existing(target: Target, created: Iterable[PlannedObject], console: Console) -> dict[str, str]:
    """Address and import id of what is to be created and exists."""
    found = {each.address: existing.import_id(target.account, each.type, each.values) for each in created}
    imports = {address: identity for address, identity in found.items() if identity}
    if imports:
        console.say(f"adopting what the unfinished run left: {', '.join(imports.values())}")
    return imports
