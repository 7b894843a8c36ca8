"""`apitool logs restore`: end logging that was turned on for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.commands.logs.chosen import target_of
from apitool.commands.shared import Run, command

if TYPE_CHECKING:
    import typer


def register(app: typer.Typer) -> None:
    command(app)(restore)


def restore(run: Run) -> None:
    """Log as before an `enable --for`, or a `debug` that was killed."""
    from apitool.stage import logging_leftover

    target = target_of(run)
    leftover = logging_leftover.read(target)
    if leftover is None:
        run.console.result("nothing to restore", {"restored": False, "patch_operations": []})
        return
    change = logging_leftover.restore(target, leftover)
    lines = [f"  {operation}" for operation in change.operations]
    data = {"restored": True, "patch_operations": [operation.data() for operation in change.operations]}
    run.console.result(
        "\n".join(["as it was before:", *lines]) if lines else "already as it was before", data
    )
