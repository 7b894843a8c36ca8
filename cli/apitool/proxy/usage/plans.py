"""API keys and usage plans, as GetApiKeys, GetUsagePlans and GetUsagePlanKeys have them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Period = Literal["DAY", "WEEK", "MONTH"]


@dataclass(frozen=True, slots=True)
class ApiKey:
    id: str
    value: str  # what a client sends
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Quota:
    """`offset` is the day a period starts on: 0 is Sunday for WEEK, the first of the month for MONTH."""

    limit: int  # requests
    period: Period
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Limit:
    rate: float  # requests per second
    burst: int  # requests


@dataclass(frozen=True, slots=True)
class UsagePlan:
    """`stages` are `{rest api id}/{stage}`; `methods` limits of single methods, by `{path}/{VERB}`."""

    id: str
    stages: frozenset[str]
    key_ids: frozenset[str]
    limit: Limit | None = None
    quota: Quota | None = None
    methods: Mapping[str, Limit] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UsagePlans:
    """Every key and plan of an account and region."""

    keys: tuple[ApiKey, ...] = ()
    plans: tuple[UsagePlan, ...] = ()

    def key(self, value: str) -> ApiKey | None:
        """The key a client sent; None when there is no such key."""
        return next((key for key in self.keys if key.value == value), None)

    def plan(self, key: ApiKey, api_stage: str) -> UsagePlan | None:
        """The plan that lets a key use a stage. A key is in at most one plan of a stage (documentation)."""
        return next(
            (plan for plan in self.plans if api_stage in plan.stages and key.id in plan.key_ids), None
        )
