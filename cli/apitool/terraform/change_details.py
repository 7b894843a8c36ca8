"""What an update changes in one resource, in words. Names of attributes and variables, never their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.terraform.document import at, mapping, sequence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.terraform.plan_facts import PlanFacts

_CODE = frozenset({"source_code_hash", "filename", "s3_key", "s3_object_version", "image_uri"})
_PLAIN = {"memory_size": "memory", "xray_tracing_enabled": "tracing", "access_log_settings": "access logs"}


def of(resource_type: str, address: str, facts: PlanFacts) -> tuple[str, ...]:
    """Empty when the plan's JSON is not there."""
    if not facts.known:
        return ()
    return _DETAILS.get(resource_type, _attributes)(
        facts.before(address), facts.after(address), facts.changed(address)
    )


def replacement(address: str, reason: str | None, facts: PlanFacts) -> str:
    """Why a resource is made anew."""
    names = dict.fromkeys(plain(name) for name in facts.replaced_for(address))
    if names:
        return f"made anew because of {', '.join(names)}"
    return "made anew, it is tainted" if reason == "tainted" else "made anew"


def plain(attribute: str) -> str:
    return _PLAIN.get(attribute, attribute.replace("_", " "))


def _attributes(_: Mapping[str, object], __: Mapping[str, object], changed: set[str]) -> tuple[str, ...]:
    return tuple(sorted(plain(key) for key in changed))


def _function(
    before: Mapping[str, object], after: Mapping[str, object], changed: set[str]
) -> tuple[str, ...]:
    code = ("code",) if changed & _CODE else ()
    environment: tuple[str, ...] = ()
    if "environment" in changed:
        environment = _names("environment", _environment(before), _environment(after))
    return (*code, *environment, *_attributes(before, after, changed - _CODE - {"environment"}))


def _environment(function: Mapping[str, object]) -> Mapping[str, object]:
    return mapping(at(_only(function.get("environment")), "variables"))


def _stage(before: Mapping[str, object], after: Mapping[str, object], changed: set[str]) -> tuple[str, ...]:
    variables: tuple[str, ...] = ()
    if "variables" in changed:
        variables = _names("variables", mapping(before.get("variables")), mapping(after.get("variables")))
    return (*variables, *_attributes(before, after, changed - {"variables", "deployment_id"}))


def _method_settings(
    before: Mapping[str, object], after: Mapping[str, object], _: set[str]
) -> tuple[str, ...]:
    old, new = _only(before.get("settings")), _only(after.get("settings"))
    changed = {key for key in new if old.get(key) != new[key]}
    throttles = {key for key in changed if key.startswith("throttling")}
    return (*(("throttle",) if throttles else ()), *_attributes(before, after, changed - throttles))


_DETAILS = {
    "aws_lambda_function": _function,
    "aws_api_gateway_stage": _stage,
    "aws_api_gateway_method_settings": _method_settings,
}


def _names(what: str, before: Mapping[str, object], after: Mapping[str, object]) -> tuple[str, ...]:
    names = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    return (f"{what} {', '.join(names)}",) if names else ()


def _only(blocks: object) -> Mapping[str, object]:
    """The one block of a kind, as Terraform's JSON has it: a list of one, or of none."""
    return mapping(next(iter(sequence(blocks)), None))
