"""A plan as its events tell it: which resources change, and how, without what changes in them.

The plan's JSON has everything, and takes Terraform 2.7 s more. Events and the root's variables are enough to
name a new API with its routes, a function with new code, or everything that goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.review import addresses, changes
from apitool.review.change import Change, ChangeSet, Difference, Kind, Verb
from apitool.review.plan_document import PlanDocument, ResourceChange
from apitool.terraform.document import at, mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apitool.terraform.events import PlannedChange
    from apitool.terraform.plan import Plan

_REST_API = "aws_api_gateway_rest_api"
_STAGE_TYPES = {"aws_api_gateway_stage", "aws_api_gateway_method_settings"}
_FUNCTION_TYPES = {"aws_lambda_function", "aws_lambda_permission"}
_VERBS = {
    "create": Verb.ADD,
    "import": Verb.ADD,
    "update": Verb.CHANGE,
    "move": Verb.CHANGE,
    "replace": Verb.REPLACE,
    "delete": Verb.REMOVE,
    "forget": Verb.REMOVE,
}


def will_do(plan: Plan) -> bool:
    """Whether the events name all there is: what an update of the RestApi changes stands in the JSON only."""
    return not any(change.resource.type == _REST_API and change.action == "update" for change in plan.changes)


def of(plan: Plan, variables: Mapping[str, object]) -> ChangeSet:
    """`variables` are the root's: they have the routes of a new API."""
    document = PlanDocument(
        changes=tuple(_change(each, variables) for each in plan.changes),
        outputs={name: {"actions": [action]} for name, action in plan.outputs.items() if action in _VERBS},
        drift=(),
        configuration={},
        variables=variables,
    )
    found = changes.of(document).changes
    return changes.ordered([*found.changes, *_routes(plan, variables)], found.folded)


def _change(planned: PlannedChange, variables: Mapping[str, object]) -> ResourceChange:
    resource = planned.resource
    named: dict[str, object] = {}
    if resource.type in _STAGE_TYPES:
        named = {"stage_name": variables.get("stage")}
    elif resource.type == _REST_API:
        named = {"name": at(variables, "api", "name")}
    elif resource.type in _FUNCTION_TYPES:
        named = {"function_name": addresses.key(resource.address)}
    return ResourceChange(
        address=resource.address,
        type=resource.type,
        verb=_VERBS.get(planned.action),
        before=named,
        after=named,
        unknown={},
        sensitive=(None, None),
        reason="replace_because_tainted" if planned.reason == "tainted" else "",
        known=False,
    )


def _routes(plan: Plan, variables: Mapping[str, object]) -> Iterator[Change]:
    """The routes of a new API."""
    if not any(each.resource.type == _REST_API and each.action == "create" for each in plan.changes):
        return
    for route, declared in mapping(variables.get("routes")).items():
        function = text(at(declared, "function"))
        leads_to = (Difference("leads to", None, function),) if function else ()
        yield Change(Verb.ADD, Kind.ROUTE, route, leads_to)
