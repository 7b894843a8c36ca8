"""`Project` -> the stage as `apitool.proxy` serves it, as if it had just been deployed."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from apitool.project.openapi import document
from apitool.project.service_integrations import table_variables
from apitool.proxy.method_settings import WHOLE_STAGE, StageSettings, method_key
from apitool.proxy.openapi import rest_api
from apitool.proxy.stage import DeployedStage

if TYPE_CHECKING:
    from apitool.project.model import Project, RouteSettings, Stage, Throttle

ACCOUNT_ID = "123456789012"
"""The account of what is served or tested without one."""
_API_ID, _DEPLOYMENT_ID = 10, 6  # characters, as on AWS


def deployed_stage(project: Project, stage: Stage, *, account_id: str = ACCOUNT_ID) -> DeployedStage:
    """The stage with its variables and its throttle. Ids are made of names: the same in every run.

    Logging is off: who wants the lines reads them off the answer, where they all are.
    """
    variables = {**table_variables(project, stage), **stage.variables}
    return DeployedStage(
        name=stage.name,
        api=rest_api(document(project, stage, account_id=account_id)),
        rest_api_id=_id(project.name, _API_ID),
        deployment_id=_id(f"{project.name}/{stage.name}", _DEPLOYMENT_ID),
        account_id=account_id,
        region=project.region,
        settings=StageSettings(
            method_settings=_method_settings(stage),
            variables=variables,
            cache_cluster_enabled=stage.cache is not None,
            cache_cluster_size=stage.cache.size if stage.cache else None,
            canary=_canary_settings(stage),
        ),
    )


def as_canary(stage: DeployedStage) -> DeployedStage:
    """The same as its canary serves it, where it has one."""
    settings = replace(stage.settings, canary={"percentTraffic": 50.0, **(stage.settings.canary or {})})
    return replace(stage, settings=settings, serves_canary=True)


def _canary_settings(stage: Stage) -> dict[str, object] | None:
    """`canarySettings` as GetStage shows them; `deploymentId` only of a canary of another deployment."""
    canary = stage.canary
    if canary is None:
        return None
    return {
        "percentTraffic": float(canary.percent),
        "stageVariableOverrides": dict(canary.variables),
        "useStageCache": canary.use_cache,
        **({"deploymentId": canary.deployment_id} if canary.deployment_id else {}),
    }


def _method_settings(stage: Stage) -> dict[str, dict[str, object]]:
    """As the module sets them: the whole stage, and the methods that are otherwise. Routes say themselves
    whether their answers are kept.
    """
    whole = {"metricsEnabled": stage.metrics, **_limits(stage.throttle), **_caching(stage)}
    own = {}
    for key, settings in stage.routes.items():
        verb, _, path = key.partition(" ")
        metrics = stage.metrics if settings.metrics is None else settings.metrics
        limits = _limits(settings.throttle or stage.throttle)
        own[method_key(path, verb)] = {"metricsEnabled": metrics, **limits, **_caching(stage, settings)}
    return {WHOLE_STAGE: whole, **own}


def _caching(stage: Stage, route: RouteSettings | None = None) -> dict[str, object]:
    if stage.cache is None:
        return {}
    own = route.cache_ttl if route else None
    return {
        "cachingEnabled": route is not None and route.cache,
        "cacheTtlInSeconds": stage.cache.ttl if own is None else own,
        "unauthorizedCacheControlHeaderStrategy": stage.cache.unauthorized_cache_control_header_strategy,
    }


def _limits(throttle: Throttle | None) -> dict[str, object]:
    """-1 is "no limit of the stage's own"."""
    rate, burst = (-1, -1) if throttle is None else (throttle.rate, throttle.burst)
    return {"throttlingRateLimit": rate, "throttlingBurstLimit": burst}


def _id(name: str, length: int) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:length]
