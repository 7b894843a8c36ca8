"""UpdateUsagePlan: numbers that are numbers, throttles of single methods, stages that have to be there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jsonpointer import unescape
from moto.apigateway.models import APIGatewayBackend, UsagePlan, UsagePlanKey

from apitool.local.corrections import refusals
from apitool.local.corrections.correction import correction

if TYPE_CHECKING:
    from collections.abc import Callable

_STAGES = "/apiStages"
_STAGE = re.compile(r"(?P<api>[^:]+):(?P<stage>[^:]+)")
_METHOD = re.compile(
    r"/apiStages/(?P<api>[^:/]+):(?P<stage>[^/]+)/throttle/(?P<method>.+)/(?P<limit>rateLimit|burstLimit)"
)
_KNOWN = frozenset({_STAGES, "/name", "/description", "/productCode", "/quota", "/quota/period", "/throttle"})
_NUMBERS: dict[str, tuple[str, str, Callable[[str], float]]] = {
    "/throttle/rateLimit": ("throttle", "rateLimit", float),
    "/throttle/burstLimit": ("throttle", "burstLimit", int),
    "/quota/limit": ("quota", "limit", int),
    "/quota/offset": ("quota", "offset", int),
}


@correction(APIGatewayBackend, "create_usage_plan", "moto takes stages that are not there")
def create_usage_plan(
    original: Callable[..., UsagePlan], backend: APIGatewayBackend, payload: dict[str, Any]
) -> UsagePlan:
    for each in payload.get("apiStages") or ():
        if not _is_there(backend, each["apiId"], each["stage"]):
            missing = refusals.NO_STAGE_FOR_PLAN.format(api=each["apiId"], stage=each["stage"])
            raise refusals.NotFound(missing)
    return original(backend, payload)


@correction(APIGatewayBackend, "create_usage_plan_key", "moto adds keys to a plan that is not there")
def create_usage_plan_key(
    original: Callable[..., UsagePlanKey],
    backend: APIGatewayBackend,
    usage_plan_id: str,
    payload: dict[str, Any],
) -> UsagePlanKey:
    backend.get_usage_plan(usage_plan_id)  # raises AWS's 404
    return original(backend, usage_plan_id, payload)


@correction(APIGatewayBackend, "delete_usage_plan_key", "moto answers 500 for one that is not there")
def delete_usage_plan_key(
    original: Callable[..., None], backend: APIGatewayBackend, usage_plan_id: str, key_id: str
) -> None:
    backend.get_usage_plan(usage_plan_id)  # raises AWS's 404
    if key_id not in backend.usage_plan_keys.get(usage_plan_id, {}):
        raise refusals.NotFound(refusals.INVALID_KEY)
    original(backend, usage_plan_id, key_id)


@correction(APIGatewayBackend, "update_usage_plan", "moto takes stages that are not there, in or out")
def update_usage_plan(
    original: Callable[..., UsagePlan],
    backend: APIGatewayBackend,
    usage_plan_id: str,
    patch_operations: list[dict[str, Any]],
) -> UsagePlan:
    plan = backend.get_usage_plan(usage_plan_id)  # raises AWS's 404
    for each in patch_operations:
        if each["path"] == _STAGES:
            _check_stage(backend, plan, each)
    return original(backend, usage_plan_id, patch_operations)


@correction(
    UsagePlan,
    "apply_patch_operations",
    "moto keeps a quota's numbers as text, which the provider can't read, answers 500 to a rate of 0.5 and "
    "to taking out a stage with throttles, which it overlooks, and 200 to any path",
)
def apply_patch_operations(
    original: Callable[..., None], plan: UsagePlan, patch_operations: list[dict[str, Any]]
) -> None:
    for operation in patch_operations:
        path, value = operation["path"], operation.get("value", "")
        method = _METHOD.fullmatch(path)
        if method is not None:
            _throttle(plan, method, value)
        elif path in _NUMBERS:
            member, name, number = _NUMBERS[path]
            getattr(plan, member)[name] = number(value)
        elif path == _STAGES and operation["op"] == "remove":
            plan.api_stages[:] = [each for each in plan.api_stages if _name(each) != value]
        elif path not in _KNOWN:
            raise refusals.BadRequestException(refusals.INVALID_PATCH_PATH.format(path=path))
        else:
            original(plan, [operation])


@correction(UsagePlan, "to_json", "AWS fills in a quota's offset, and leaves out what is not set")
def to_json(original: Callable[..., dict[str, Any]], plan: UsagePlan) -> dict[str, Any]:
    shown = original(plan)
    if plan.quota:
        shown["quota"] = {"offset": 0, **plan.quota}
    return {key: value for key, value in shown.items() if value not in (None, "")}


def _check_stage(backend: APIGatewayBackend, plan: UsagePlan, operation: dict[str, Any]) -> None:
    """Raises AWS's refusal (recorded by LocalStack, test_usage_plan_crud; of `add` it is a guess)."""
    named = _STAGE.fullmatch(operation.get("value") or "")
    if named is None:
        raise refusals.BadRequestException(refusals.INVALID_API_STAGE)
    there = _is_there(backend, named["api"], named["stage"])
    if not (there or named[0] in map(_name, plan.api_stages)):
        raise refusals.NotFound(
            refusals.NO_SUCH_API_STAGE.format(api=named["api"], stage=named["stage"], plan=plan.id)
        )


def _is_there(backend: APIGatewayBackend, api_id: str, stage: str) -> bool:
    api = backend.apis.get(api_id)
    return api is not None and stage in api.stages


def _throttle(plan: UsagePlan, found: re.Match[str], value: str) -> None:
    """Of one method, `/orders/GET`; of a stage the plan does not have there is nothing to set."""
    method = unescape(found["method"])
    number = float(value) if found["limit"] == "rateLimit" else int(value)
    for stage in plan.api_stages:
        if _name(stage) == f"{found['api']}:{found['stage']}":
            stage.setdefault("throttle", {}).setdefault(method, {})[found["limit"]] = number


def _name(stage: dict[str, Any]) -> str:
    return f"{stage['apiId']}:{stage['stage']}"


CORRECTIONS = (
    create_usage_plan,
    create_usage_plan_key,
    delete_usage_plan_key,
    update_usage_plan,
    apply_patch_operations,
    to_json,
)
