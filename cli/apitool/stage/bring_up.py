"""One stage from its source to an answer: package, plan, apply, log, ask.

Every step stands alone and can be repeated: what is there already costs a read. Interrupted anywhere, the
next run goes on from what the state says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from apitool.review import as_sentences
from apitool.review.change import ChangeSet
from apitool.stage import (
    account_role,
    address,
    fingerprints,
    logging,
    logging_leftover,
    prepare,
    recovery,
    release,
    smoke,
    uploading,
    workspaces,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.console import Console
    from apitool.stage.recovery import Recovered
    from apitool.stage.smoke import SmokeTest
    from apitool.stage.target import Target
    from apitool.terraform.workspace import Workspace

NO_CHANGES = ChangeSet(())


@dataclass(frozen=True, slots=True)
class StageUp:
    """A stage that is up: what was changed on the way, where it answers and what it said."""

    target: Target
    changes: ChangeSet
    url: str
    outputs: Mapping[str, Any]
    smoke_test: SmokeTest | None
    logging_changed: bool

    @property
    def changed(self) -> bool:
        return not self.changes.empty or self.logging_changed


def bring_up(
    target: Target,
    console: Console,
    *,
    yes: bool,
    refresh: bool = False,
    reviewed: str | None = None,
    timeout: float | None = None,
) -> StageUp:
    """Make the stage what `apitool.toml` and the source say; with `refresh` by a plan in any case.

    `reviewed` is the fingerprint of the one change that may be applied. `timeout`: seconds an apply may take.

    Raises:
        GateError: the change was not confirmed.
        LockedError: somebody else is at work on this stage.
        StaleError: somebody was, or the change is not the reviewed one.
        AppliedError: applied, but the API does not answer.
        ApitoolError: anything a step could not do.
    """
    logging_leftover.end_expired(target, console)
    built = prepare.packages(target.project, console, embedded=target.embedded)
    uploads = uploading.uploads(target, built, console, yes=yes)
    variables = prepare.stage_variables(target, built, uploads)
    inputs = release.inputs_of(target, variables)
    last = None if refresh or reviewed else release.standing(target, inputs)
    if last is not None:
        url = address.of(target, last.outputs)
        return StageUp(
            target, NO_CHANGES, url, last.outputs, _ask(target, url, console), logging_changed=False
        )
    workspaces.ensure_state_bucket(target, console, yes=yes)
    with workspaces.for_stage(target, variables) as workspace:
        workspace.patience = timeout
        recovered = recovery.plan(target, workspace, variables, console)
        if reviewed is not None or (recovered.planned.plan.has_changes and not (yes or target.embedded)):
            # Somebody is to say yes to it: every detail is worth the time.
            recovered = replace(recovered, planned=prepare.in_full(workspace, recovered.planned, console))
        if reviewed is not None:
            digests = {name: package.sha256_hex for name, package in built.items()}
            fingerprints.refuse_another(reviewed, target, recovered.planned, digests, console)
        outputs = carry_out(target, workspace, recovered, console, yes=yes)
    return finish(target, variables, recovered.planned.changes, outputs, console)


def carry_out(
    target: Target, workspace: Workspace, recovered: Recovered, console: Console, *, yes: bool
) -> Mapping[str, Any]:
    """Show, confirm, apply: the root's outputs."""
    planned = recovered.planned
    role_missing = account_role.missing_for(target)
    if role_missing or not planned.changes.empty:
        if role_missing:
            console.say(f"  {account_role.sentence(role_missing)}")
        if not planned.changes.empty:
            prepare.show(planned.changes, console)
            prepare.sizes(target, console)
        _confirm(target, planned.changes, console, yes=yes)
    if role_missing:
        account_role.make(target, role_missing, console)
    release.forget(target)
    return recovery.apply_stage(target, workspace, recovered, console)


def finish(
    target: Target,
    variables: Mapping[str, object],
    changes: ChangeSet,
    outputs: Mapping[str, Any],
    console: Console,
) -> StageUp:
    """What comes after an apply: logging as declared, a request, the record, packages nobody needs."""
    logging_changed = _log_as_declared(target, console)
    url = address.of(target, outputs)
    smoke_test = _ask(target, url, console)
    release.record(target, release.inputs_of(target, variables), outputs)
    uploading.remove_spare(target, console)
    return StageUp(target, changes, url, outputs, smoke_test, logging_changed)


def _confirm(target: Target, changes: ChangeSet, console: Console, *, yes: bool) -> None:
    """On a local stage only what destroys is worth a question."""
    if yes or (target.embedded and not changes.destructive):
        return
    if changes.destructive:
        told = (each for each in as_sentences.brief(changes) if each.destructive)
        lost = "; ".join(map(as_sentences.sentence, told))
        console.confirm_by_typing(f"This takes away or makes anew: {lost}.", target.name)
    else:
        console.confirm(f"Apply this to {target.title}?")


def _log_as_declared(target: Target, console: Console) -> bool:
    """Unless somebody turned logging on for a while, which is not over."""
    if held := logging_leftover.read(target):
        console.say(
            f"logging stays as it was turned on until {held.until}; before that: apitool logs restore"
        )
        return False
    change = logging.change_to_declared(logging.settings_of(target), target.stage)
    if change.operations:
        with console.step("logging", f"execution log level {target.stage.log_level}"):
            logging.apply(target, change)
    return bool(change.operations)


def _ask(target: Target, url: str, console: Console) -> SmokeTest | None:
    path = smoke.path_for(target.project)
    if path is None or not address.reachable(target):
        return None
    with console.step("smoke", f"GET {path}") as step:
        answer = smoke.check(url, path, again=f"apitool call GET {path} {target.options}")
        step.text = f"GET {path} → {answer.status} in {answer.milliseconds} ms"
    return answer
