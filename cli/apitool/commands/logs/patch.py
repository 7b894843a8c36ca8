"""`apitool logs patch`: patch operations of one's own, tried on the gateway's model before AWS is asked."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from apitool.commands.logs.chosen import DryRun, YesLogBodies, need_consent, target_of
from apitool.commands.logs.patched import show
from apitool.commands.shared import Run, command
from apitool.errors import UsageError

if TYPE_CHECKING:
    from apitool.stage.logging import LoggingChange


def register(app: typer.Typer) -> None:
    command(app)(patch)


def patch(
    run: Run,
    *,
    settings: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH=VALUE", help="e.g. /~1orders~1{orderId}/GET/logging/loglevel=INFO"),
    ] = None,
    remove: Annotated[
        list[str] | None,
        typer.Option("--remove", metavar="PATH", help="e.g. /~1orders/GET; before the others; repeatable."),
    ] = None,
    file: Annotated[
        str | None,
        typer.Option("--file", metavar="FILE", help="A JSON list as UpdateStage takes it; - is stdin."),
    ] = None,
    dry_run: DryRun = False,
    yes_log_bodies: YesLogBodies = False,
) -> None:
    """Send logging settings as patch operations; what AWS would refuse, or spoil, is not sent."""
    from apitool.stage import account_role, logging

    operations = [*_of_file(file), *_removals(remove or []), *map(_replacement, settings or [])]
    if not operations:
        raise UsageError("there is nothing to send", fix="name a PATH=VALUE, --remove PATH or --file FILE")
    target = target_of(run)
    has_role = account_role.missing_in(target) is None
    change = logging.patch_of(logging.settings_of(target), operations, account_has_role=has_role)
    if not dry_run:
        if _logs_bodies(change):
            need_consent(target, "full", given=yes_log_bodies)
        logging.apply(target, change)
    show(run, target, change, dry_run=dry_run, data={})


def _replacement(setting: str) -> dict[str, str]:
    path, equals, value = setting.partition("=")
    if not (equals and path.startswith("/")):
        raise UsageError(
            "a setting is PATH=VALUE, the path as UpdateStage takes it",
            seen=setting,
            fix="e.g. '/*/*/logging/loglevel=INFO', in quotes for the shell",
        )
    return {"op": "replace", "path": path, "value": value}


def _removals(paths: list[str]) -> list[dict[str, str]]:
    return [{"op": "remove", "path": path} for path in paths]


def _of_file(file: str | None) -> list[dict[str, Any]]:
    if file is None:
        return []
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
        operations = json.loads(text)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"`{file}` has no patch operations", seen=str(error), fix="a JSON list, as `aws` takes it"
        ) from None
    if not isinstance(operations, list) or not all(_is_operation(each) for each in operations):
        raise UsageError(
            f"`{file}` has no patch operations",
            seen="not a list of objects with `op` and `path`, all values strings",
            fix='e.g. [{"op": "replace", "path": "/*/*/logging/loglevel", "value": "INFO"}]',
        )
    return operations


def _is_operation(each: object) -> bool:
    return (
        isinstance(each, dict)
        and {"op", "path"} <= each.keys() <= {"op", "path", "value", "from"}
        and all(isinstance(value, str) for value in each.values())
    )


def _logs_bodies(change: LoggingChange) -> bool:
    traces = [each for each in change.operations if each.path.endswith("/logging/dataTrace")]
    return any(each.after == "true" for each in traces)
