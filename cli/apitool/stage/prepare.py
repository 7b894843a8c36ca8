"""The steps `up`, `plan` and `down` have in common: package, plan in API words, apply."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apitool.project import quotas
from apitool.review import as_sentences, changes, plan_document, sketch
from apitool.stage import workspaces
from apitool.stage.packaging import packages as packages  # noqa: PLC0414 - a step like the others here
from apitool.terraform import plan as plans
from apitool.terraform.plan import Plan
from apitool.terraform.variables import Hosting, api_variables
from apitool.terraform.variables import Package as Packaged

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from apitool.aws.package_object import PackageObject
    from apitool.console import Console, Step
    from apitool.package.package import Package
    from apitool.review.change import ChangeSet
    from apitool.stage.target import Target
    from apitool.terraform.workspace import Workspace

_NEWEST_RUNTIME = 13  # minor version of Python 3 that the AWS provider knows; only a name to the embedded AWS


@dataclass(frozen=True, slots=True)
class Planned:
    """A saved plan and what it changes, in API words. `document` is the plan's JSON, where it was needed."""

    plan: Plan
    changes: ChangeSet
    document: Mapping[str, object] | None = None


def stage_variables(
    target: Target, built: Mapping[str, Package], uploads: Mapping[str, PackageObject] | None = None
) -> dict[str, object]:
    """The variables of `terraform/api` for this stage; `uploads` is what Lambda takes from S3."""
    objects = {name: (each.bucket, each.key, each.version) for name, each in (uploads or {}).items()}
    return variables(
        target,
        {
            name: Packaged(package.file, package.sha256_base64, objects.get(name))
            for name, package in built.items()
        },
    )


def variables(target: Target, packages: Mapping[str, Packaged]) -> dict[str, object]:
    """The same, with packages that are known by name and digest."""
    return api_variables(
        target.project,
        target.stage,
        packages,
        account_id=target.account.id,
        hosting=_this_machine() if target.embedded else None,
    )


def plan(
    workspace: Workspace, variables: Mapping[str, object], console: Console, *, destroy: bool = False
) -> Planned:
    """Initialise if needed, plan, and say it in API words. A state that could not be saved is saved first."""
    with console.step("plan", "starting Terraform") as step:
        listener = workspaces.Drawn(step)
        _initialise(workspace, step, listener)
        step.update("planning the destruction" if destroy else "planning")
        made = workspace.plan(listener, destroy=destroy)
        document = None if sketch.will_do(made) else workspace.show(made)
        found = sketch.of(made, variables) if document is None else _read(document)
        step.text = _counts(made)
    return Planned(made, found, document)


def in_full(workspace: Workspace, planned: Planned, console: Console) -> Planned:
    """The same plan with its JSON, which takes Terraform 2.7 s to write: for who wants every detail."""
    if planned.document is not None:
        return planned
    with console.step("read", "the plan's details") as step:
        step.skipped = True
        document = workspace.show(planned.plan)
    return Planned(planned.plan, _read(document), document)


def opened(workspace: Workspace, file: Path, sha256: str, console: Console) -> Planned:
    """A plan that was saved earlier, in API words. What it does is read from itself."""
    with console.step("plan", "reading the saved plan") as step:
        workspace.init(workspaces.Drawn(step))
        document = workspace.show(Plan(file, sha256, has_changes=True))
        made = plans.of_document(file, sha256, document)
        step.text = "the saved one"
    return Planned(made, _read(document), document)


def _read(document: Mapping[str, object]) -> ChangeSet:
    return changes.of(plan_document.read(document)).changes


def sizes(target: Target, console: Console) -> None:
    """Say how near the API is to AWS's quotas, and what a new stage of it asks of the control plane."""
    found = quotas.uses(target.project, target.stage)
    seconds = quotas.NEW_STAGE_CALLS / quotas.CALLS_A_SECOND
    calls = (
        f"a new stage is about {quotas.NEW_STAGE_CALLS} API Gateway calls, {seconds:.1f} s of its 10 a second"
    )
    console.say(f"  size: {', '.join(map(str, found))}; {calls}")
    for use in found:
        if use.near:
            console.say(f"  note: {use} is near AWS's quota: split the API before it is reached")


def initialise(workspace: Workspace, console: Console) -> None:
    """What `plan` begins with, for who needs the state before it."""
    with console.step("init", "starting Terraform") as step:
        step.skipped = True
        _initialise(workspace, step, workspaces.Drawn(step))


def _initialise(workspace: Workspace, step: Step, listener: workspaces.Drawn) -> None:
    workspace.init(listener)
    if workspace.unsaved_state:
        step.update("saving the state that could not be saved last time")
        workspace.push_unsaved_state()


def apply(workspace: Workspace, planned: Planned, console: Console) -> Mapping[str, Any]:
    """Apply the saved plan; the root outputs. Nothing to apply costs a read of the state."""
    if not planned.plan.has_changes:
        return workspace.outputs()
    with console.step("apply", "starting Terraform") as step:
        listener = workspaces.Drawn(step)
        outputs = workspace.apply(planned.plan, listener)
        step.text = f"{listener.done} resources"
    return outputs


def show(changes: ChangeSet, console: Console) -> None:
    for sentence in as_sentences.render(changes):
        console.say(f"  {sentence}")


def _counts(made: Plan) -> str:
    if not made.has_changes or made.summary is None:
        return "no changes"
    summary = made.summary
    counts = {"add": summary.add, "change": summary.change, "destroy": summary.remove}
    return ", ".join(f"{count} to {what}" for what, count in counts.items() if count) or "outputs only"


def _this_machine() -> Hosting:
    minor = min(sys.version_info.minor, _NEWEST_RUNTIME)
    python = f"python{sys.version_info.major}.{minor}"
    return Hosting(python, "arm64" if platform.machine() in {"arm64", "aarch64"} else "x86_64")
