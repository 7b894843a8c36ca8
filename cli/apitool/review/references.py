"""Which resource an attribute refers to: by its id, or by the configuration when the id is not known yet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from apitool.terraform.document import at, mapping, sequence, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apitool.review.plan_document import PlanDocument, ResourceChange

_INDEX = re.compile(r"\[(?:\"(?:[^\"\\]|\\.)*\"|\d+)\]")
_OWN_INDEX = re.compile(r"(\[(?:\"(?:[^\"\\]|\\.)*\"|\d+)\])$")


class References:
    """On one side of a plan: ids of `before`, or of `after` with the configuration's expressions."""

    def __init__(self, plan: PlanDocument, side: Literal["before", "after"]) -> None:
        self._by_address = {change.address: change for change in plan.changes}
        self._side = side
        self._by_id: dict[str, ResourceChange] = {}
        for change in plan.changes:
            identity = text((change.before if side == "before" else change.after).get("id"))
            if identity and change.type.startswith("aws_api_gateway_"):
                self._by_id.setdefault(identity, change)
        self._expressions = dict(_expressions(mapping(plan.configuration.get("root_module")), ""))

    def target(self, change: ResourceChange, attribute: str) -> ResourceChange | None:
        """None when it refers to nothing of the plan, e.g. the root resource."""
        values = change.before if self._side == "before" else change.after
        if identity := text(values.get(attribute)):
            found = self._by_id.get(identity)
            return found if found is not None and found.type != "aws_api_gateway_rest_api" else None
        return self._by_expression(change, attribute) if change.unknown.get(attribute) is True else None

    def _by_expression(self, change: ResourceChange, attribute: str) -> ResourceChange | None:
        plain = _INDEX.sub("", change.address)
        module, _, own = _module_of(change.address)
        expressions = self._expressions.get(plain, {})
        index = found[1] if (found := _OWN_INDEX.search(own)) else ""
        for reference in _referenced(expressions, attribute):
            name = ".".join(_split(reference)[:2])
            bare = _INDEX.sub("", name)
            for candidate in (name, f"{bare}{index}", bare):
                if target := self._by_address.get(f"{module}{candidate}"):
                    return target if target.type != "aws_api_gateway_rest_api" else None
        return None


def _referenced(expressions: Mapping[str, object], attribute: str) -> Iterator[str]:
    """References of the attribute; those of `for_each` where it says `each.value`."""
    for reference in sequence(at(expressions, attribute, "references")):
        if text(reference).startswith("each."):
            yield from map(text, sequence(at(expressions, "for_each", "references")))
        else:
            yield text(reference)


def _expressions(module: Mapping[str, object], prefix: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The expressions of every resource, by address without indices."""
    for resource in sequence(module.get("resources")):
        expressions = dict(mapping(at(resource, "expressions")))
        expressions["for_each"] = at(resource, "for_each_expression")
        yield f"{prefix}{text(at(resource, 'address'))}", expressions
    for name, call in mapping(module.get("module_calls")).items():
        yield from _expressions(mapping(at(call, "module")), f"{prefix}module.{name}.")


def _split(reference: str) -> list[str]:
    """`aws_x.y["a.b"].id` at its dots, not at those inside an index."""
    return re.findall(r"(?:[^.\[]|\[(?:\"(?:[^\"\\]|\\.)*\"|\d+)\])+", reference)


def _module_of(address: str) -> tuple[str, str, str]:
    """`module.a["x"].`, `.`, `aws_x.y[0]`."""
    parts = _split(address)
    own = ".".join(parts[-2:])
    return address[: len(address) - len(own)], ".", own
