"""All rules, in the order they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.review.rules import (
    access,
    callers,
    entrance,
    functions,
    guards,
    iam,
    routes,
    secrecy,
    stages,
    stores,
    whole_plan,
)

if TYPE_CHECKING:
    from apitool.review.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    *whole_plan.RULES[:1],  # an incomplete plan puts everything below it in doubt
    *entrance.RULES,
    *stores.RULES,
    *routes.RULES,
    *callers.RULES,
    *guards.RULES,
    *access.RULES,
    *iam.RULES,
    *secrecy.RULES,
    *functions.RULES,
    *stages.RULES,
    *whole_plan.RULES[1:],
)
