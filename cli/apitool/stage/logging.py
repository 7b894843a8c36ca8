"""Execution logging of a stage: what it is, what it becomes, and proof that it became so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apitool.aws import stage_settings
from apitool.errors import ApitoolError, UsageError
from apitool.logs import levels, refusals, rehearsal
from apitool.project import names
from apitool.proxy.method_settings import method_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from apitool.aws.stage_settings import StageSettings
    from apitool.logs.levels import PatchOperation
    from apitool.project.model import LogLevel, Project, Route, Stage
    from apitool.stage.target import Target

# The verbs a method setting can name. ANY is refused by AWS, so a route for ANY means each of these.
_VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True, slots=True)
class LoggingChange:
    """The settings of the stage and the patch operations that would change them."""

    settings: StageSettings
    operations: tuple[PatchOperation, ...]


def settings_of(target: Target) -> StageSettings:
    """The deployed stage's settings.

    Raises:
        ApitoolError: the stage is not up.
    """
    rest_api_id = stage_settings.find_rest_api(
        target.account, names.rest_api(target.project.name, target.stage.name)
    )
    settings = rest_api_id and stage_settings.read(target.account, rest_api_id, target.stage.name)
    if not settings:
        raise ApitoolError(
            f"the stage `{target.stage.name}` is not up",
            seen=f"no RestApi `{names.rest_api(target.project.name, target.stage.name)}` with that stage",
            fix=f"apitool up {target.options}",
        )
    return settings


def change_to(
    settings: StageSettings, stage: Stage, level: LogLevel, routes: tuple[Route, ...] = ()
) -> LoggingChange:
    """What it takes to give the whole stage, or only the routes named, this level."""
    entries = settings.method_settings
    if not routes:
        own = dict.fromkeys(_own_levels(stage), level)
        return LoggingChange(settings, levels.for_stage(entries, level, own=own))
    methods = [(verb, route.path) for route in routes for verb in _verbs_of(route)]
    return LoggingChange(settings, levels.for_methods(entries, level, methods))


def change_to_declared(settings: StageSettings, stage: Stage) -> LoggingChange:
    """What it takes to give the stage, and the methods that are otherwise, the levels of apitool.toml."""
    own = {key: level or stage.log_level for key, level in _own_levels(stage).items()}
    return LoggingChange(settings, levels.for_stage(settings.method_settings, stage.log_level, own=own))


def apply(target: Target, change: LoggingChange) -> StageSettings:
    """Send the patch operations, if there are any, and check that the stage now is what was asked for.

    Raises:
        UsageError: AWS would refuse them; nothing was sent.
        ApitoolError: AWS refused, or accepted and did not store.
    """
    rehearsed = rehearsal.rehearsed(change.settings.settings, _data(change.operations))
    changed = send(target, change)
    _check_stored(changed, rehearsed)
    return changed


def send(target: Target, change: LoggingChange) -> StageSettings:
    """Send the patch operations, if there are any: the settings read back.

    Raises:
        ApitoolError: AWS refused; for a refusal known, with what it means and what to do.
    """
    if not change.operations:
        return change.settings
    try:
        return stage_settings.patch(target.account, change.settings, _data(change.operations))
    except ApitoolError as error:
        seen = error.problems[0].seen or ""
        known = refusals.known(seen)
        if known is None:
            raise
        raise ApitoolError(f"{error.problems[0].what}: {known[0]}", seen=seen, fix=known[1]) from error


def patch_of(
    settings: StageSettings, operations: Sequence[Mapping[str, Any]], *, account_has_role: bool
) -> LoggingChange:
    """Somebody's own patch operations, with what each changes.

    Raises:
        UsageError: AWS would refuse them, or take a value for another.
    """
    described = rehearsal.rehearsed(settings.settings, operations, account_has_role=account_has_role)
    return LoggingChange(settings, described)


def routes_named(project: Project, keys: list[str]) -> tuple[Route, ...]:
    """The declared routes behind `--route "GET /orders"`.

    Raises:
        UsageError: a key names no route.
    """
    declared = {route.key: route for route in project.routes}
    unknown = [key for key in keys if " ".join(key.split()) not in declared]
    if unknown:
        raise UsageError(
            f"there is no route `{unknown[0]}`", seen=", ".join(declared), fix="name one of these, as written"
        )
    return tuple(declared[" ".join(key.split())] for key in keys)


def _data(operations: Sequence[PatchOperation]) -> list[dict[str, str]]:
    return [operation.data() for operation in operations]


def _own_levels(stage: Stage) -> dict[str, LogLevel | None]:
    """By the keys of the entries that Terraform makes for the stage's routes."""
    routes = {key.partition(" ")[::2]: settings for key, settings in stage.routes.items()}
    return {method_key(path, verb): settings.log_level for (verb, path), settings in routes.items()}


def _verbs_of(route: Route) -> tuple[str, ...]:
    return _VERBS if route.method == "ANY" else (route.method,)


def _check_stored(changed: StageSettings, operations: Sequence[PatchOperation]) -> None:
    """The last word on each path counts."""
    for operation in {each.path: each for each in operations}.values():
        stored = rehearsal.at(changed.settings, operation.path)
        if stored != operation.after:
            raise ApitoolError(
                f"`{operation.op} {operation.path}` was accepted and not stored",
                seen=f"the stage has {stored}, asked for was {operation.after}",
                fix="read the stage with `apitool logs status` and try again",
            )
