"""A stage of moto's as the settings the proxy's rules work on, and back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from apitool.proxy.method_settings import StageSettings, from_stage, to_stage

if TYPE_CHECKING:
    from moto.apigateway.models import Stage


def _now() -> int:
    return int(datetime.now(UTC).timestamp())


@dataclass(slots=True)
class Unknown:
    """What AWS's stage has and moto's has not. `created` and `updated` are seconds since 1970."""

    created: int = field(default_factory=_now)
    updated: int = field(default_factory=_now)
    canary: dict[str, Any] | None = None
    client_certificate_id: str | None = None
    documentation_version: str | None = None


_UNKNOWN: WeakKeyDictionary[Stage, Unknown] = WeakKeyDictionary()


def unknown(stage: Stage) -> Unknown:
    return _UNKNOWN.setdefault(stage, Unknown())


def set_canary(stage: Stage, canary: dict[str, Any]) -> None:
    """A canary as AWS shows it: nothing of it is left out (recorded by LocalStack)."""
    share = float(canary.get("percentTraffic") or 0)
    unknown(stage).canary = {"useStageCache": False, **canary, "percentTraffic": share}


def deployments_of(stage: Stage) -> set[str]:
    """What the stage serves: its deployment, and its canary's."""
    canary = unknown(stage).canary or {}
    return {each for each in (stage.deployment_id, canary.get("deploymentId")) if each}


def settings_of(stage: Stage) -> StageSettings:
    """The stage as UpdateStage finds it."""
    more = unknown(stage)
    return from_stage(
        {
            "methodSettings": stage.method_settings,
            "variables": stage.variables,
            "accessLogSettings": stage.access_log_settings,
            "deploymentId": stage.deployment_id,
            "canarySettings": more.canary,
            "description": stage.description,
            "tracingEnabled": stage.tracing_enabled,
            "cacheClusterEnabled": stage.cache_cluster_enabled,
            "cacheClusterSize": stage.cache_cluster_size,
            "clientCertificateId": more.client_certificate_id,
            "documentationVersion": more.documentation_version,
        }
    )


def store(stage: Stage, settings: StageSettings) -> None:
    """The stage as UpdateStage leaves it."""
    members = to_stage(settings)
    more = unknown(stage)
    stage.method_settings = members["methodSettings"]
    stage.variables = members.get("variables", {})
    stage.access_log_settings = members.get("accessLogSettings")
    stage.deployment_id = settings.deployment_id
    stage.description = settings.description or ""
    stage.tracing_enabled = settings.tracing_enabled
    stage.cache_cluster_enabled = settings.cache_cluster_enabled
    stage.cache_cluster_size = settings.cache_cluster_size
    more.canary = members.get("canarySettings")
    more.client_certificate_id = settings.client_certificate_id
    more.documentation_version = settings.documentation_version
    more.updated = _now()


def shown(stage: Stage) -> dict[str, Any]:
    """GetStage's answer; absent is absent, as recorded on AWS."""
    more = unknown(stage)
    cached = bool(stage.cache_cluster_enabled)
    members = {
        "stageName": stage.name,
        "createdDate": more.created,
        "lastUpdatedDate": more.updated,
        "cacheClusterStatus": "AVAILABLE" if cached else "NOT_AVAILABLE",
        "webAclArn": stage.web_acl_arn,
        "tags": stage.tags or None,
        **to_stage(settings_of(stage)),
        "description": stage.description or None,
    }
    if cached:
        members.setdefault("cacheClusterSize", "0.5")  # GB, the smallest
    return {key: value for key, value in members.items() if value is not None}
