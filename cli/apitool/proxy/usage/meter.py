"""What keys have used of their plans, with the time passed in.

AWS applies throttles and quotas of usage plans on a best-effort basis (its documentation says so); these are
exact, so that a local 429 is repeatable.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.proxy.throttle import Throttle
from apitool.proxy.usage.plans import UsagePlans
from apitool.proxy.usage.quota import period_start

if TYPE_CHECKING:
    from datetime import datetime

    from apitool.proxy.usage.plans import ApiKey, Limit, Quota, UsagePlan


@dataclass(frozen=True, slots=True)
class Excess:
    """A limit that is in a request's way."""

    plan: UsagePlan
    key: ApiKey
    limit: Limit | Quota


class UsageMeter:
    """Knows the keys and plans, and counts. `plans` may be exchanged; counts of known plans stay."""

    def __init__(self, plans: UsagePlans | None = None) -> None:
        self.plans = plans or UsagePlans()
        self._throttle = Throttle()
        self._used: dict[tuple[str, str], tuple[datetime, int]] = {}

    def take(self, plan: UsagePlan, key: ApiKey, method: str, now_ms: int) -> Excess | None:
        """Count a request of a key to a method (`/orders/GET`); gives what is in its way, if anything is."""
        for name, limit in (("*", plan.limit), (method, plan.methods.get(method))):
            bucket = f"{plan.id}/{key.id}/{name}"
            if limit and not self._throttle.admit(bucket, rate=limit.rate, burst=limit.burst, now_ms=now_ms):
                return Excess(plan, key, limit)
        if plan.quota is None or self._within_quota(plan.quota, plan, key, now_ms):
            return None
        return Excess(plan, key, plan.quota)

    def _within_quota(self, quota: Quota, plan: UsagePlan, key: ApiKey, now_ms: int) -> bool:
        start = period_start(quota, now_ms)
        counted_from, used = self._used.get((plan.id, key.id), (start, 0))
        if counted_from != start:
            used = 0
        if used >= quota.limit:
            return False
        self._used[plan.id, key.id] = (start, used + 1)
        return True
