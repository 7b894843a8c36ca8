"""A plan in API words: routes, functions, permissions, stage settings, tables; the rest folded away.

The events of `plan` name every resource that changes. What changes inside the RestApi stands in the plan's
JSON only, which costs 2.7 s to make (`Workspace.show`): `details_needed` says when. Pure.

Folded, because they follow from something told: the deployment (a new one for every change of the body), the
alias, a new function's role, log group and permission, a stage that only moves to the new deployment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.terraform import change_details, openapi_routes, route_changes
from apitool.terraform.change import Change, Kind, Verb
from apitool.terraform.document import text
from apitool.terraform.plan_facts import PlanFacts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apitool.terraform.events import PlannedChange
    from apitool.terraform.plan import Plan

_REST_API = "aws_api_gateway_rest_api"
_STAGE = "aws_api_gateway_stage"
_SETTINGS = "aws_api_gateway_method_settings"
_FUNCTION = "aws_lambda_function"
_LOG_GROUP = "aws_cloudwatch_log_group"
_KINDS = {
    _REST_API: Kind.API,
    _STAGE: Kind.STAGE,
    _SETTINGS: Kind.STAGE,
    _FUNCTION: Kind.FUNCTION,
    "aws_lambda_permission": Kind.PERMISSION,
    "aws_dynamodb_table": Kind.TABLE,
    _LOG_GROUP: Kind.LOG_GROUP,
}
_VERBS = {
    "create": Verb.ADD,
    "import": Verb.ADD,
    "update": Verb.CHANGE,
    "move": Verb.CHANGE,
    "replace": Verb.REPLACE,
    "delete": Verb.REMOVE,
    "forget": Verb.REMOVE,
}
_FOLLOWS = frozenset({"aws_api_gateway_deployment", "aws_lambda_alias"})
_BELONGS_TO_FUNCTION = ("aws_iam_role", _LOG_GROUP, "aws_lambda_permission")


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """`changes` in a fixed order; `folded` counts the resources that change and are not told."""

    changes: tuple[Change, ...]
    folded: int = 0

    @property
    def empty(self) -> bool:
        return not self.changes and not self.folded

    @property
    def destructive(self) -> tuple[Change, ...]:
        """The changes that take away, or make anew, what callers or data depend on."""
        return tuple(change for change in self.changes if change.destructive)

    def sentences(self) -> list[str]:
        """One a change; `no changes` when there is none."""
        if self.changes:
            return [change.sentence for change in self.changes]
        if self.folded:
            return [f"~ {self.folded} resource{'s' if self.folded > 1 else ''} behind the API"]
        return ["no changes"]


def details_needed(plan: Plan) -> bool:
    """Whether `of` needs the plan's JSON to name the routes."""
    return any(change.resource.type == _REST_API and change.action == "update" for change in plan.changes)


def of(
    plan: Plan,
    variables: Mapping[str, object] | None = None,
    details: Mapping[str, object] | None = None,
) -> ChangeSet:
    """The plan in API words.

    `variables` are the root's: with them the routes of a new API are named without the JSON. `details` is the
    plan's JSON, with which the words are exact.
    """
    facts = PlanFacts.of(variables, details)
    effective = [change for change in plan.changes if change.action in _VERBS]
    owners = {
        (change.resource.type, _key(change.resource.address), change.action)
        for change in effective
        if change.resource.type in {_FUNCTION, _STAGE}
    }
    told = [change for change in effective if not _folds(change, owners, facts)]
    changes = {words for change in told for words in _in_words(change, facts)}
    changes.update(_declared(plan, facts), _outputs(plan))
    order = list(Kind)
    ordered = sorted(
        changes, key=lambda change: (order.index(change.kind), *_by_path(change), change.address)
    )
    return ChangeSet(tuple(ordered), folded=len(effective) - len(told))


def _folds(change: PlannedChange, owners: set[tuple[str, str, str]], facts: PlanFacts) -> bool:
    """`owners`: type, key and action of the functions and stages that change."""
    kind, address = change.resource.type, change.resource.address
    if kind in _FOLLOWS or (kind == _LOG_GROUP and change.action == "create"):
        return True
    if kind.startswith(_BELONGS_TO_FUNCTION) and (_FUNCTION, _key(address), change.action) in owners:
        return True
    if kind == _LOG_GROUP:
        return (_STAGE, "", change.action) in owners
    if kind == _SETTINGS:
        return any((_STAGE, "", action) in owners for action in ("create", "replace", "delete"))
    moves_only = facts.known and not facts.changed(address)
    return kind == _STAGE and change.action == "update" and moves_only


def _in_words(change: PlannedChange, facts: PlanFacts) -> Iterator[Change]:
    resource, verb = change.resource, _VERBS[change.action]
    if resource.type == _REST_API:
        yield from _api(change, verb, facts)
        return
    details: tuple[str, ...] = ()
    if verb is Verb.CHANGE:
        details = change_details.of(resource.type, resource.address, facts)
    elif verb is Verb.REPLACE:
        details = (change_details.replacement(resource.address, change.reason, facts),)
    if resource.type == _SETTINGS:
        verb, details = Verb.CHANGE, details or ("method settings",)
    kind = _KINDS.get(resource.type, Kind.OTHER)
    yield Change(verb, kind, _name(change, kind, facts), details, address=resource.address)


def _api(change: PlannedChange, verb: Verb, facts: PlanFacts) -> Iterator[Change]:
    address = change.resource.address
    before, after = facts.before(address), facts.after(address)
    old, new = openapi_routes.read(before.get("body")), openapi_routes.read(after.get("body"))
    details: tuple[str, ...] = ()
    if verb is Verb.REPLACE:
        details = (change_details.replacement(address, change.reason, facts),)
    elif verb is Verb.CHANGE:
        details = tuple(sorted(map(change_details.plain, facts.changed(address) - {"body"})))
        details += route_changes.rest(old, new) if old and new else ("routes",)
    if verb is not Verb.CHANGE or details:
        name = text(after.get("name")) or text(before.get("name")) or facts.api
        yield Change(verb, Kind.API, name, details, address=address)
    yield from route_changes.between(old, new, facts)


def _name(change: PlannedChange, kind: Kind, facts: PlanFacts) -> str:
    address = change.resource.address
    if kind is Kind.OTHER:
        return address
    if kind is Kind.STAGE:
        return text((facts.after(address) or facts.before(address)).get("stage_name")) or facts.stage
    return _key(address) or change.resource.name


def _key(address: str) -> str:
    """The innermost key in an address: what the resource is for, in apitool.toml's words."""
    keys = re.findall(r'\["((?:[^"\\]|\\.)*)"\]', address)
    return keys[-1] if keys else ""


def _declared(plan: Plan, facts: PlanFacts) -> Iterator[Change]:
    """The routes of a new API, when its body is not there to be read."""
    new = any(change.resource.type == _REST_API and change.action == "create" for change in plan.changes)
    if new and not facts.known:
        for route, function in facts.routes.items():
            yield Change(Verb.ADD, Kind.ROUTE, route, function=function)


def _outputs(plan: Plan) -> Iterator[Change]:
    """Only when nothing else changes: else they follow from it."""
    for name, action in () if plan.changes else plan.outputs.items():
        if action in _VERBS:
            yield Change(_VERBS[action], Kind.OUTPUT, name)


def _by_path(change: Change) -> tuple[str, str]:
    """`GET /orders` sorts by path, then method."""
    method, _, path = change.name.partition(" ")
    return (path, method) if path else (method, "")
