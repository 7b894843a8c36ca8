"""The canary of a stage under UpdateStage: `replace`, and `copy` to promote it (recorded by LocalStack)."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from apitool.proxy import patch_texts as texts
from apitool.proxy.patch_refused import PatchRefusedError

if TYPE_CHECKING:
    from collections.abc import Collection

    from apitool.proxy.method_settings import StageSettings
    from apitool.proxy.patch_refused import PatchOperation

_PREFIX = "/canarySettings/"
_OVERRIDE = "stageVariableOverrides/"
_COPIES = {
    "/deploymentId": "/canarySettings/deploymentId",
    "/variables": "/canarySettings/stageVariableOverrides",
}


def replace_in_canary(
    settings: StageSettings, operation: PatchOperation, deployments: Collection[str] | None
) -> StageSettings:
    """`replace /canarySettings/…`. A stage without a canary gets one of its own deployment at 0 percent.

    Raises:
        PatchRefusedError: no such member, an `add`, or a deployment that does not exist.
    """
    member = operation.path.removeprefix(_PREFIX)
    override = member.startswith(_OVERRIDE) and "/" not in member.removeprefix(_OVERRIDE)
    if not override and member not in {"deploymentId", "percentTraffic", "useStageCache"}:
        raise PatchRefusedError(texts.invalid_path(operation.path))
    if operation.op == "add":
        raise PatchRefusedError(texts.invalid_add(operation.path))
    value = operation.value or ""
    if member == "deploymentId" and deployments is not None and value not in deployments:
        raise PatchRefusedError(texts.NO_DEPLOYMENT)
    return replace(settings, canary=_changed(settings, member, value))


def _changed(settings: StageSettings, member: str, value: str) -> dict[str, Any]:
    new = {"deploymentId": settings.deployment_id, "percentTraffic": 0.0, "useStageCache": False}
    canary: dict[str, Any] = dict(settings.canary or new)
    if member.startswith(_OVERRIDE):
        overrides = canary.get("stageVariableOverrides") or {}
        name = member.removeprefix(_OVERRIDE)
        return {**canary, "stageVariableOverrides": {**overrides, name: value}}
    parsed: object = value
    if member == "percentTraffic":
        parsed = _percent(value)
    elif member == "useStageCache":
        parsed = value.lower() == "true"
    return {**canary, member: parsed}


def remove_override(settings: StageSettings, path: str) -> StageSettings | None:
    """`remove /canarySettings/stageVariableOverrides/name`, as the provider's own tests do on AWS; None where
    there is no such override.
    """
    name = path.removeprefix(f"{_PREFIX}{_OVERRIDE}")
    overrides = dict((settings.canary or {}).get("stageVariableOverrides") or {})
    if name not in overrides:
        return None
    del overrides[name]
    return replace(settings, canary={**(settings.canary or {}), "stageVariableOverrides": overrides})


def _percent(value: str) -> float:
    try:
        percent = float(value)
    except ValueError:
        percent = math.nan
    if not 0 <= percent <= 100:  # noqa: PLR2004 - percent
        raise PatchRefusedError(f"Invalid percentTraffic: {value[:40]}", recorded=False)
    return percent


def copy_from_canary(settings: StageSettings, operation: PatchOperation) -> StageSettings:
    """`copy` promotes: the canary's deployment, or its variables on top of the stage's own. The canary stays.

    Raises:
        PatchRefusedError: another pair of path and from, or no canary.
    """
    if _COPIES.get(operation.path) != operation.from_:
        raise PatchRefusedError(texts.invalid_copy(operation.path, operation.from_ or ""))
    if settings.canary is None:
        raise PatchRefusedError(texts.NO_CANARY)
    if operation.path == "/deploymentId":
        return replace(settings, deployment_id=settings.canary.get("deploymentId"))
    overrides = settings.canary.get("stageVariableOverrides") or {}
    return replace(settings, variables={**settings.variables, **overrides})
