"""Who refers to whom in a plan: what its resources, APIs and functions are called, found once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.review.apis import Apis
from apitool.review.functions import Functions
from apitool.review.references import References

if TYPE_CHECKING:
    from apitool.review.plan_document import PlanDocument
    from apitool.review.references import Side


class Links:
    """Of one plan, on both sides."""

    def __init__(self, plan: PlanDocument) -> None:
        self._before, self._after = References(plan, "before"), References(plan, "after")
        self.apis = Apis(plan, self._before, self._after)
        self.functions = Functions(plan, self._after)

    def on(self, side: Side) -> References:
        return self._before if side == "before" else self._after
