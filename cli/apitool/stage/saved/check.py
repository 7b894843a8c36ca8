"""Whether a saved plan may be applied here and now: everything that speaks against it, at once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from apitool.errors import Problem, StaleError
from apitool.stage import prepare, workspaces
from apitool.stage.saved import facts, moved
from apitool.terraform.variables import Package as Packaged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from apitool.stage.saved.manifest import Manifest
    from apitool.stage.target import Target


def refuse_moved(target: Target, manifest: Manifest, max_age: timedelta) -> None:
    """Raises StaleError when anything is not as it was when the plan was made. Starts no Terraform."""
    anything = dict.fromkeys(target.project.functions, Packaged(target.project.root, ""))
    variables = prepare.variables(target, anything)
    now = facts.of(target, workspaces.terraform(target).version, variables, facts.state_now(target))
    _refuse(
        [
            *moved.between(manifest.facts, now),
            *moved.by_age(manifest.created, datetime.now(tz=UTC), max_age),
        ]
    )


def _refuse(problems: Sequence[Problem]) -> None:
    if not problems:
        return
    first, *more = problems
    raise StaleError(first.what, seen=first.seen, fix=first.fix, more=more)
