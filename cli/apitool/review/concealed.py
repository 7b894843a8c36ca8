"""A change's values before and after, with a mark in place of each that may be secret.

Secret may be what Terraform marks as sensitive, and what people put secrets into without Terraform knowing:
environments of functions, stage variables, the values of API keys.
"""

from __future__ import annotations

from collections.abc import Mapping

from apitool.terraform.document import at, mapping

_BEFORE, _AFTER = "secret", "another secret"
_HOLDERS = {
    "aws_lambda_function": ("environment",),
    "aws_api_gateway_stage": ("variables", "canary_settings"),
    "aws_api_gateway_deployment": ("variables",),
    "aws_api_gateway_api_key": ("value",),
    "aws_api_gateway_usage_plan_key": ("value",),  # the provider marks it on the key only
}


def pair(change: object, resource_type: str) -> tuple[object, object]:
    """`before` and `after` of a change of a plan. Whether a secret changes can be told, not to what."""
    before, after = at(change, "before"), at(change, "after")
    held = dict.fromkeys(_HOLDERS.get(resource_type, ()), True)
    marks_before = _marks(at(change, "before_sensitive"), held)
    marks_after = _marks(at(change, "after_sensitive"), held)
    return (
        _without(before, marks_before, before, _BEFORE),
        _without(after, marks_after, before, _AFTER),
    )


def _marks(given: object, held: Mapping[str, bool]) -> object:
    return given if given is True else {**mapping(given), **held}


def _without(value: object, marks: object, before: object, other: str) -> object:
    """`marks` mirrors `value`, with True where it is secret; False and what is missing are not."""
    if isinstance(value, Mapping):
        inner = marks if isinstance(marks, Mapping) else dict.fromkeys(value, marks)
        return {key: _without(each, inner.get(key), at(before, key), other) for key, each in value.items()}
    if isinstance(value, list):
        found = marks if isinstance(marks, list) else [marks] * len(value)
        was = before if isinstance(before, list) else []
        return [
            _without(
                each,
                found[index] if index < len(found) else None,
                was[index] if index < len(was) else None,
                other,
            )
            for index, each in enumerate(value)
        ]
    if marks is not True or value is None:
        return value
    return _BEFORE if value == before else other
