"""API keys and usage plans of `apitool.toml`. AWS makes up a key's value; here it is the key's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.usage.plans import ApiKey, Limit, Quota, UsagePlan, UsagePlans

if TYPE_CHECKING:
    from apitool.project.model import Project
    from apitool.project.model.usage_plan import Quota as DeclaredQuota
    from apitool.project.model.usage_plan import UsagePlan as DeclaredPlan
    from apitool.proxy.stage import DeployedStage


def declared_plans(project: Project, deployed: DeployedStage) -> UsagePlans:
    keys = tuple(ApiKey(name, name, key.enabled) for name, key in project.api_keys.items())
    stage = f"{deployed.rest_api_id}/{deployed.name}"
    return UsagePlans(keys, tuple(_plan(name, plan, stage) for name, plan in project.usage_plans.items()))


def _plan(name: str, plan: DeclaredPlan, stage: str) -> UsagePlan:
    routes = {key.partition(" ")[::2]: throttle for key, throttle in plan.routes.items()}
    return UsagePlan(
        id=name,
        stages=frozenset({stage}),
        key_ids=frozenset(plan.api_keys),
        limit=None if plan.throttle is None else Limit(plan.throttle.rate, plan.throttle.burst),
        quota=None if plan.quota is None else _quota(plan.quota),
        methods={f"{path}/{verb}": Limit(limit.rate, limit.burst) for (verb, path), limit in routes.items()},
    )


def _quota(quota: DeclaredQuota) -> Quota:
    return Quota(quota.limit, quota.period, quota.offset)
