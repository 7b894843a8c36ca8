"""`apitool doctor`: what would make `up` or `logs` fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from apitool.commands.shared import Run, command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apitool.stage.doctor import Sign

_FAILED = 1
_MARKS = {"good": "✓", "poor": "!", "bad": "✗"}


def register(app: typer.Typer) -> None:
    command(app)(doctor)


def doctor(run: Run) -> None:
    """Look for what would make `up` or `logs` fail. Changes nothing; ends with 1 if something would."""
    from apitool.stage.doctor import Health, diagnose

    project = run.project()
    stage = run.stage(project)
    with run.console.step("doctor", "looking at this machine and the account") as step:
        signs = diagnose(project, stage, local=bool(run.options.local), profile=run.options.profile)
        step.skipped = True
    run.console.result(_text(signs), {"stage": stage.name, "signs": [sign.data() for sign in signs]})
    if any(sign.health is Health.BAD for sign in signs):
        raise typer.Exit(_FAILED)


def _text(signs: Sequence[Sign]) -> str:
    width = max(len(sign.subject) for sign in signs)
    lines = []
    for sign in signs:
        lines.append(f"{_MARKS[sign.health]} {sign.subject:<{width}}  {sign.seen}")
        if sign.next_step:
            lines.append(f"  {'':<{width}}  → {sign.next_step}")
    return "\n".join(lines)
