"""Going on after an apply that did not end well: what it made and could not write into the state is adopted.

Terraform stopped in the middle of a create leaves an object that no state knows; the next apply would fail on
its name, or make a second one. So after an unfinished apply the plan is compared with what exists: what is to
be created and is there already, ours by name and tags, is imported instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apitool.aws import existing
from apitool.stage import prepare

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apitool.aws.account import Account
    from apitool.console import Console
    from apitool.stage.prepare import Planned
    from apitool.terraform.workspace import Workspace


def plan(
    account: Account, workspace: Workspace, variables: Mapping[str, object], console: Console
) -> Planned:
    """As `prepare.plan`, adopting what an unfinished apply left."""
    planned, _ = _adopting(account, workspace, variables, console)
    return planned


def finish(account: Account, workspace: Workspace, variables: Mapping[str, object], console: Console) -> None:
    """Before a destruction: what an unfinished apply left goes into the state, and goes with the rest."""
    if not workspace.unfinished:
        return
    _, adopted = _adopting(account, workspace, variables, console)
    if adopted:
        with console.step("adopt", ", ".join(adopted.values())):
            workspace.apply(workspace.plan(targets=list(adopted)))
    workspace.adopt({})


def _adopting(
    account: Account, workspace: Workspace, variables: Mapping[str, object], console: Console
) -> tuple[Planned, dict[str, str]]:
    """The plan, and what it adopts: address to import id."""
    planned = prepare.plan(workspace, variables, console)
    adopted: dict[str, str] = {}
    while workspace.unfinished and (found := _left_behind(account, workspace, planned)):
        adopted |= found
        console.say(f"adopting what the unfinished run left: {', '.join(found.values())}")
        workspace.adopt(adopted)
        # Once more: names that hang on an adopted object's id (log group, stage) are known only now.
        planned = prepare.plan(workspace, variables, console)
    return planned, adopted


def _left_behind(account: Account, workspace: Workspace, planned: Planned) -> dict[str, str]:
    """Address and import id of what is to be created and exists."""
    if not any(change.action == "create" for change in planned.plan.changes):
        return {}
    found = {
        change["address"]: existing.import_id(account, change["type"], change["change"].get("after") or {})
        for change in _creates(workspace.show(planned.plan))
    }
    return {address: identity for address, identity in found.items() if identity}


def _creates(details: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for change in details.get("resource_changes", []):
        if change["change"]["actions"] == ["create"] and not change["change"].get("importing"):
            yield change
