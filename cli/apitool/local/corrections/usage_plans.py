"""UpdateUsagePlan: rates that are no whole numbers, throttles of single methods, stages that have some."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from moto.apigateway.models import UsagePlan

from apitool.local.corrections.correction import correction

if TYPE_CHECKING:
    from collections.abc import Callable

_RATE = "/throttle/rateLimit"
_METHOD = re.compile(
    r"/apiStages/(?P<api>[^:/]+):(?P<stage>[^/]+)/throttle/(?P<method>.+)/(?P<limit>rateLimit|burstLimit)"
)


@correction(
    UsagePlan,
    "apply_patch_operations",
    "moto answers 500 to a rate of 0.5, and to taking out a stage with throttles, which it overlooks",
)
def apply_patch_operations(
    original: Callable[..., None], plan: UsagePlan, patch_operations: list[dict[str, Any]]
) -> None:
    for operation in patch_operations:
        path, value = operation["path"], operation.get("value", "")
        method = _METHOD.fullmatch(path)
        if method is not None:
            _throttle(plan, method, value)
        elif path == _RATE:
            plan.throttle["rateLimit"] = float(value)
        elif path == "/apiStages" and operation["op"] == "remove":
            plan.api_stages[:] = [each for each in plan.api_stages if _name(each) != value]
        else:
            original(plan, [operation])


def _throttle(plan: UsagePlan, found: re.Match[str], value: str) -> None:
    """Of one method, `/orders/GET`; of a stage the plan does not have there is nothing to set."""
    method = found["method"].replace("~1", "/").replace("~0", "~")
    number = float(value) if found["limit"] == "rateLimit" else int(value)
    for stage in plan.api_stages:
        if _name(stage) == f"{found['api']}:{found['stage']}":
            stage.setdefault("throttle", {}).setdefault(method, {})[found["limit"]] = number


def _name(stage: dict[str, Any]) -> str:
    return f"{stage['apiId']}:{stage['stage']}"


CORRECTIONS = (apply_patch_operations,)
