"""Going on after an apply that did not end well: what it made is kept, in the state again, never doubled.

Terraform stopped in the middle of a create leaves an object that no state knows (the next apply would fail on
its name, or make a second one), or one it calls tainted (the next apply would replace it: another URL, an
empty table). A journal beside the state says that there may be such objects. Then the plan is compared with
what exists (left_behind.py), and what is there twice goes (spare_objects.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from apitool.aws import apply_journal
from apitool.stage import dead_lock, left_behind, prepare, spare_objects

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from apitool.aws.apply_journal import Begun
    from apitool.console import Console
    from apitool.stage.prepare import Planned
    from apitool.stage.target import Target
    from apitool.terraform.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Recovered:
    """A plan that goes on from what is there. `unfinished` is the apply that did not end well before it."""

    planned: Planned
    unfinished: Begun | None


def plan(
    target: Target, workspace: Workspace, variables: Mapping[str, object], console: Console
) -> Recovered:
    """As `prepare.plan`, going on from what an unfinished apply left.

    Raises:
        ApitoolError: several RestApis of ours serve stages.
    """
    unfinished = _begin_with(target, workspace, console)
    if unfinished:
        return Recovered(left_behind.plan(target, workspace, variables, console), unfinished)
    planned = prepare.plan(workspace, variables, console)
    tainted = any(change.reason == "tainted" for change in planned.plan.changes)
    if tainted or left_behind.is_doubled(target, planned):
        planned = left_behind.plan(target, workspace, variables, console)
    return Recovered(planned, unfinished)


def plan_only(
    target: Target, workspace: Workspace, variables: Mapping[str, object], console: Console
) -> Planned:
    """A plan that changes nothing, for who only looks; says so when `up` would go another way."""
    unfinished = _begin_with(target, workspace, console)
    if unfinished:
        console.say(f"note: an apply by {unfinished} did not end well; `up` keeps what it made")
    return prepare.plan(workspace, variables, console)


def plan_destruction(
    target: Target, workspace: Workspace, variables: Mapping[str, object], console: Console
) -> Recovered:
    """A destruction's plan; what an unfinished apply left goes into the state first, to go with the rest."""
    unfinished = _begin_with(target, workspace, console)
    if unfinished:
        left_behind.put_into_state(target, workspace, variables, console)
    return Recovered(prepare.plan(workspace, variables, console, destroy=True), unfinished)


def apply_stage(
    target: Target, workspace: Workspace, recovered: Recovered, console: Console
) -> Mapping[str, Any]:
    """Apply what was planned, and remove what is there twice; the root outputs."""

    def remove_spare(outputs: Mapping[str, Any], since: datetime) -> None:
        twice = recovered.unfinished is not None
        spare_objects.remove(
            target, workspace.backend, recovered.planned, outputs, console, since=since, unfinished=twice
        )

    return apply(target, workspace, recovered, console, then=remove_spare)


def apply(
    target: Target,
    workspace: Workspace,
    recovered: Recovered,
    console: Console,
    *,
    then: Callable[[Mapping[str, Any], datetime], None] = lambda _outputs, _since: None,
) -> Mapping[str, Any]:
    """Apply what was planned; the root outputs. The journal is closed when that and `then` went well.

    `then` gets the outputs, and when the first apply began that may have left something.
    """
    planned, earlier = recovered.planned, recovered.unfinished
    began, backend = datetime.now(UTC), workspace.backend
    if planned.plan.has_changes:
        apply_journal.begin(target.account, backend.bucket, backend.key)
    outputs = prepare.apply(workspace, planned, console)
    if planned.plan.has_changes or earlier:
        then(outputs, earlier.since_time if earlier else began)
        apply_journal.end(target.account, backend.bucket, backend.key)
    return outputs


def _begin_with(target: Target, workspace: Workspace, console: Console) -> Begun | None:
    dead_lock.release(target, workspace, console)
    backend = workspace.backend
    return apply_journal.unfinished(target.account, backend.bucket, backend.key)
