"""API keys and usage plans of the embedded control plane as the gateway meters them. Knows moto's objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apitool.proxy.usage.plans import ApiKey, Limit, Quota, UsagePlan, UsagePlans

if TYPE_CHECKING:
    from collections.abc import Mapping

    from moto.apigateway.models import APIGatewayBackend
    from moto.apigateway.models import UsagePlan as MotoPlan


def usage_plans(backend: APIGatewayBackend) -> UsagePlans:
    """Every key and plan of a region."""
    keys = tuple(ApiKey(key.id, key.value, bool(key.enabled)) for key in list(backend.keys.values()))
    plans = tuple(
        _plan(plan, frozenset(backend.usage_plan_keys.get(plan.id, {})))
        for plan in list(backend.usage_plans.values())
    )
    return UsagePlans(keys, plans)


def _plan(plan: MotoPlan, key_ids: frozenset[str]) -> UsagePlan:
    stages: list[dict[str, Any]] = list(plan.api_stages)
    methods = {
        method: limit
        for stage in stages
        for method, written in (stage.get("throttle") or {}).items()
        if (limit := _limit(written)) is not None
    }
    return UsagePlan(
        id=plan.id,
        stages=frozenset(f"{stage['apiId']}/{stage['stage']}" for stage in stages),
        key_ids=key_ids,
        limit=_limit(plan.throttle),
        quota=_quota(plan.quota),
        methods=methods,
    )


def _limit(written: Mapping[str, Any]) -> Limit | None:
    """AWS asks for both figures; a plan in the middle of being patched may have one."""
    rate, burst = written.get("rateLimit"), written.get("burstLimit")
    return None if rate is None or burst is None else Limit(float(rate), int(burst))


def _quota(written: Mapping[str, Any]) -> Quota | None:
    limit, period = written.get("limit"), written.get("period")
    if limit is None or period is None:
        return None
    return Quota(int(limit), period, int(written.get("offset") or 0))
