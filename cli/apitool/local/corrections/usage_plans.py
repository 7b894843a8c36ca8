"""UpdateUsagePlan: what moto takes for numbers, drops, or can't find again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.apigateway.models import UsagePlan

from apitool.local.corrections.correction import correction

if TYPE_CHECKING:
    from collections.abc import Callable

_TEXTS = {"/name": "name", "/description": "description", "/productCode": "product_code"}
_NUMBERS: dict[str, Callable[[str], float]] = {
    "limit": int,
    "offset": int,
    "burstLimit": int,
    "rateLimit": float,
}
_OF_A_METHOD = "/throttle/"
_STAGES = "/apiStages"


@correction(
    UsagePlan,
    "apply_patch_operations",
    "moto drops throttles of single methods, finds no stage that has one, and takes whole rates only",
)
def apply_patch_operations(
    original: Callable[..., None], plan: UsagePlan, patch_operations: list[dict[str, Any]]
) -> None:
    del original
    for operation in patch_operations:
        path, value = operation["path"], operation.get("value") or ""
        if path in _TEXTS:
            setattr(plan, _TEXTS[path], value if operation["op"] != "remove" else None)
        elif path == _STAGES:
            _stage(plan, operation["op"], value)
        elif path.startswith(f"{_STAGES}/"):
            _method_limit(plan, operation["op"], path.removeprefix(f"{_STAGES}/"), value)
        else:
            _limit(plan, operation["op"], path, value)


def _stage(plan: UsagePlan, op: str, named: str) -> None:
    """`named` is `{api id}:{stage}`."""
    api, _, stage = named.partition(":")
    plan.api_stages = [each for each in plan.api_stages if (each["apiId"], each["stage"]) != (api, stage)]
    if op != "remove":
        plan.api_stages.append({"apiId": api, "stage": stage})


def _method_limit(plan: UsagePlan, op: str, path: str, value: str) -> None:
    """`{api id}:{stage}/throttle/{/orders/GET}/rateLimit`; without the last part all of the method's go."""
    named, _, rest = path.partition(_OF_A_METHOD)
    api, _, stage = named.partition(":")
    for each in plan.api_stages:
        if (each["apiId"], each["stage"]) != (api, stage):
            continue
        method, _, name = rest.rpartition("/")
        limits = each.setdefault("throttle", {})
        if op == "remove":
            limits.pop(rest, None)
        elif name in _NUMBERS:
            limits.setdefault(method, {})[name] = _NUMBERS[name](value)


def _limit(plan: UsagePlan, op: str, path: str, value: str) -> None:
    """`/throttle/rateLimit`, `/quota/limit`; `/throttle` or `/quota` takes away both or all three."""
    group, _, name = path.removeprefix("/").partition("/")
    limits = {"throttle": plan.throttle, "quota": plan.quota}[group]
    if op == "remove" and not name:
        limits.clear()
    elif op == "remove":
        limits.pop(name, None)
    else:
        limits[name] = _NUMBERS.get(name, str)(value)


CORRECTIONS = (apply_patch_operations,)
