"""Patch operations tried on the stage as it is, before AWS is asked.

AWS refuses the whole call for one operation, and some of its words don't help; other operations it accepts
and spoils. Both are said here first, with what to do. The rules are the gateway model's
(`apitool.proxy.stage_patch`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apitool.errors import Problem, UsageError
from apitool.logs import refusals
from apitool.logs.levels import PatchOperation
from apitool.proxy import patch_refused
from apitool.proxy.method_settings import DEFAULTS, FIELDS, StageSettings, to_stage
from apitool.proxy.stage_patch import apply_patch, method_setting_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_SWITCHES = {path for path, field in FIELDS.items() if isinstance(DEFAULTS.get(field), bool)}
_BOOLEANS = {"true", "false"}
_NOTHING = "nothing"
# First part of a path -> where it is declared instead.
_TERRAFORMS = {
    "deploymentId": "change the routes",
    "variables": "set `variables` of the stage",
    "canarySettings": "set `canary` of the stage",
    "cacheClusterEnabled": "set `cache` of the stage",
    "cacheClusterSize": "set `cache` of the stage",
    "clientCertificateId": "set `client_certificate` of the stage",
    "tracingEnabled": "set `tracing` of the stage",
}


def rehearsed(
    stage: StageSettings, operations: Sequence[Mapping[str, Any]], *, account_has_role: bool = True
) -> tuple[PatchOperation, ...]:
    """The operations, in API Gateway's form (`op`, `path`, `value`), with what each changes.

    Raises:
        UsageError: AWS would refuse them, or take a value for another one.
    """
    wanted = [patch_refused.PatchOperation.from_request(each) for each in operations]
    if spoilt := [problem for each in wanted for problem in (*_not_ours(each), *_spoilt(each))]:
        first, *rest = spoilt
        raise UsageError(first.what, seen=first.seen, fix=first.fix, more=rest)
    after = apply_patch(stage, wanted, account_has_role=account_has_role)
    if isinstance(after, patch_refused.PatchRefused):
        raise _refused(after)
    return tuple(_described(stage, wanted))


def _not_ours(operation: patch_refused.PatchOperation) -> Iterable[Problem]:
    """What AWS would do, and the next `up` undo, or not notice."""
    part = operation.path.removeprefix("/").partition("/")[0]
    if owner := _TERRAFORMS.get(part):
        yield Problem(
            f"{operation.path} is Terraform's to change",
            seen=f"{operation.op} {operation.path}",
            fix=f"{owner} in apitool.toml, then `apitool up`",
        )


def _spoilt(operation: patch_refused.PatchOperation) -> Iterable[Problem]:
    """What AWS answers 200 to: anything but `true` is false for a switch (recorded)."""
    setting = method_setting_of(operation.path)
    is_switch = setting is not None and setting.setting in _SWITCHES
    if is_switch and operation.op in {"add", "replace"} and (operation.value or "").lower() not in _BOOLEANS:
        yield Problem(
            f"AWS would take `{operation.value}` for false at {operation.path}, and answer 200",
            seen=f"{operation.op} {operation.path} {operation.value}",
            fix="write true or false",
        )


def _refused(refusal: patch_refused.PatchRefused) -> UsageError:
    meaning, fix = refusals.known(refusal.message) or ("AWS refuses it", "correct the path or the value")
    words = "" if refusal.recorded else " (these words of AWS are not recorded)"
    return UsageError(f"not sent: {meaning}", seen=f"{refusal.message}{words}", fix=fix)


def _described(
    stage: StageSettings, operations: Iterable[patch_refused.PatchOperation]
) -> Iterable[PatchOperation]:
    for operation in operations:
        after = apply_patch(stage, [operation], account_has_role=True)
        if isinstance(after, patch_refused.PatchRefused):  # only together with the others it is accepted
            after = stage
        before_text, after_text = (at(each, operation.path) for each in (stage, after))
        yield PatchOperation(operation.op, operation.path, operation.value, before_text, after_text)
        stage = after


def at(stage: StageSettings, path: str) -> str:
    """What the settings have at a patch path."""
    shown: Any = to_stage(stage)
    if setting := method_setting_of(path):
        shown = shown["methodSettings"].get(setting.key, {}).get(FIELDS[setting.setting])
    elif path.removeprefix("/") in shown.get("methodSettings", {}):
        return "settings of its own"
    else:
        for part in path.removeprefix("/").split("/"):
            shown = shown.get(part) if isinstance(shown, dict) else None
    if shown is None or isinstance(shown, dict):
        return "set" if shown else _NOTHING
    return str(shown).lower() if isinstance(shown, bool) else str(shown)
