"""`up --plan`: apply the plan in a bundle, exactly that, or refuse and say what moved."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING

from apitool.aws import apply_journal
from apitool.errors import StaleError
from apitool.package import publication
from apitool.review import fingerprint
from apitool.stage import bring_up, logging_leftover, packaging, prepare, workspaces
from apitool.stage.recovery import Recovered
from apitool.stage.saved import bundle, check
from apitool.terraform.variables import Package as Packaged

if TYPE_CHECKING:
    from datetime import timedelta

    from apitool.console import Console
    from apitool.stage.bring_up import StageUp
    from apitool.stage.prepare import Planned
    from apitool.stage.saved.bundle import Bundle
    from apitool.stage.saved.manifest import SavedPackage
    from apitool.stage.target import Target
    from apitool.terraform.workspace import Workspace


def apply(
    target: Target,
    file: Path,
    console: Console,
    *,
    yes: bool,
    max_age: timedelta,
    reviewed: str | None = None,
    timeout: float | None = None,
) -> StageUp:
    """Make the stage what the plan in `file` says. `reviewed` is the fingerprint of the change that may be.

    `timeout`: seconds the apply may take.

    Raises:
        UsageError: `file` is no bundle.
        StaleError: something moved since the plan was made, or the bundle was changed.
        GateError, LockedError, AppliedError, ApitoolError: as `bring_up`.
    """
    with bundle.opened(file) as saved:
        with console.step("check", "what moved since the plan was made") as step:
            _refuse_another(reviewed, saved)
            check.refuse_moved(target, saved.manifest, max_age)
            step.text = f"nothing moved since {saved.manifest.created:%Y-%m-%d %H:%M} UTC"
        logging_leftover.end_expired(target, console)
        packages = {name: _packaged(each) for name, each in saved.manifest.packages.items()}
        variables = prepare.variables(target, packages)
        with workspaces.for_stage(target, variables) as workspace:
            workspace.patience = timeout
            _refuse_unfinished(target, workspace)
            _take_packages(target, saved)
            planned = _opened(workspace, saved, console)
            outputs = bring_up.carry_out(
                target, workspace, Recovered(planned, unfinished=None), console, yes=yes
            )
    return bring_up.finish(target, variables, planned.changes, outputs, console)


def _refuse_another(reviewed: str | None, saved: Bundle) -> None:
    if reviewed is not None and saved.manifest.fingerprint != reviewed:
        raise StaleError(
            "this is not the reviewed change",
            seen=f"the bundle's fingerprint is {saved.manifest.fingerprint}, expected {reviewed}",
            fix=f"look at what is in it: `apitool review {saved.file}`",
        )


def _refuse_unfinished(target: Target, workspace: Workspace) -> None:
    unfinished = apply_journal.unfinished(target.account, workspace.backend.bucket, workspace.backend.key)
    if unfinished:
        raise StaleError(
            "the last apply did not end well: there may be objects that no state knows",
            seen=str(unfinished),
            fix="`apitool up` goes on from what is there; then plan again",
        )


def _take_packages(target: Target, saved: Bundle) -> None:
    """Put them where the plan looks for them, under names that hold their digests."""
    folder = packaging.folder(target.project.root)
    folder.mkdir(parents=True, exist_ok=True)
    for each in saved.manifest.packages.values():
        place = folder / each.file
        if each.s3 is None and not (place.is_file() and publication.digest(place) == each.sha256):
            saved.extract(f"{bundle.PACKAGES}{each.file}", place)


def _opened(workspace: Workspace, saved: Bundle, console: Console) -> Planned:
    """The plan, when it is of the change the bundle says: what is reviewed is read from its JSON."""
    file = workspace.folder / "plan.tfplan"
    saved.extract(bundle.PLAN, file)
    planned = prepare.opened(workspace, file, saved.manifest.members[bundle.PLAN], console)
    digests = {name: each.sha256 for name, each in saved.manifest.packages.items()}
    seen = fingerprint.of(planned.document, digests, bytes.fromhex(saved.manifest.fingerprint_key))
    if seen != saved.manifest.fingerprint:
        raise StaleError(
            f"the bundle `{saved.file}` was changed: its plan is not the one it was made with",
            seen=f"fingerprint {seen}, expected {saved.manifest.fingerprint}",
            fix="plan again, and find out who wrote to it",
        )
    return planned


def _packaged(package: SavedPackage) -> Packaged:
    digest = base64.b64encode(bytes.fromhex(package.sha256)).decode()
    return Packaged(Path(package.file), digest, package.s3)
