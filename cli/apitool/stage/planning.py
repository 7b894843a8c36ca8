"""Plan a stage, for people to read and for `up --plan` to apply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.aws import fingerprint_key
from apitool.review import fingerprint
from apitool.stage import prepare, recovery, uploading, workspaces
from apitool.stage.saved import facts, make

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from apitool.console import Console
    from apitool.review.change import ChangeSet
    from apitool.stage.target import Target


@dataclass(frozen=True, slots=True)
class StagePlan:
    """What `up` would change, and the plan's JSON. Without either when that is nothing and nobody asked."""

    changes: ChangeSet
    fingerprint: str | None = None
    document: Mapping[str, object] | None = None


def plan(
    target: Target, console: Console, *, yes: bool, out: Path | None = None, in_full: bool = False
) -> StagePlan:
    """Package and plan; with `out` saved into that file. `in_full`: with the JSON of an empty plan, too.

    Raises:
        UsageError: `out` can't be written.
        GateError: the bucket for the state is not there, and making it was not confirmed.
        ApitoolError: anything a step could not do.
    """
    if out is not None:
        make.check_place(out)
    sources = facts.sources(target) if out else {}
    built = prepare.packages(target.project, console, embedded=target.embedded)
    workspaces.ensure_state_bucket(target, console, yes=yes)
    uploads = uploading.uploads(target, built, console, yes=yes)
    variables = prepare.stage_variables(target, built, uploads)
    with workspaces.for_stage(target, variables) as workspace:
        planned = recovery.plan_only(target, workspace, variables, console)
        if planned.changes.empty and out is None and not in_full:
            return StagePlan(planned.changes)
        planned = prepare.in_full(workspace, planned, console)
        digests = {name: package.sha256_hex for name, package in built.items()}
        key = fingerprint_key.ensure(target.account, target.state_bucket)
        mark = fingerprint.of(planned.document, digests, key)
        if out is not None:
            make.check_sources(sources, target)
            with console.step("save", f"the plan and {len(built)} packages") as step:
                make.write(
                    out,
                    target,
                    planned,
                    variables=variables,
                    built=built,
                    uploads=uploads,
                    mark=mark,
                    key=key,
                )
                step.text = f"{out}: holds secrets in clear, as Terraform's plan does; for you alone"
    return StagePlan(planned.changes, mark, planned.document)
