"""Everything of a plan that is no route: functions, permissions, stages, logs, tables, routine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apitool.review import attributes, shown, statements
from apitool.review.change import Change, Difference, Kind, Verb
from apitool.terraform.document import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.review.plan_document import PlanDocument, ResourceChange

_KINDS = {
    "aws_api_gateway_rest_api": Kind.API,
    "aws_api_gateway_rest_api_policy": Kind.API,
    "aws_api_gateway_stage": Kind.STAGE,
    "aws_api_gateway_method_settings": Kind.SETTINGS,
    "aws_api_gateway_authorizer": Kind.AUTHORIZER,
    "aws_api_gateway_domain_name": Kind.DOMAIN,
    "aws_api_gateway_base_path_mapping": Kind.DOMAIN,
    "aws_api_gateway_api_key": Kind.KEY,
    "aws_lambda_function": Kind.FUNCTION,
    "aws_lambda_permission": Kind.PERMISSION,
    "aws_iam_role": Kind.IAM,
    "aws_iam_role_policy": Kind.IAM,
    "aws_iam_policy": Kind.IAM,
    "aws_iam_role_policy_attachment": Kind.IAM,
    "aws_cloudwatch_log_group": Kind.LOG_GROUP,
    "aws_dynamodb_table": Kind.TABLE,
}
_PART_OF_ROUTES = {
    "aws_api_gateway_resource",
    "aws_api_gateway_method",
    "aws_api_gateway_integration",
    "aws_api_gateway_method_response",
    "aws_api_gateway_integration_response",
}
_FOLLOWS = {
    "aws_api_gateway_deployment": "follows from the routes",
    "aws_lambda_alias": "follows from the code",
    "aws_iam_role_policies_exclusive": "keeps foreign policies off the role",
    "aws_iam_role_policy_attachments_exclusive": "keeps foreign policies off the role",
}
_NOISE = {"tags", "tags_all", "deployment_id", "id", "arn", "version", "last_modified"}
_POLICIES = {"policy", "assume_role_policy"}
_BREAKS = {
    (Kind.API, Verb.REPLACE): "the URL changes",
    (Kind.STAGE, Verb.REPLACE): "the stage is away while it is made anew, and its URL may change",
    (Kind.API, Verb.REMOVE): "the API is gone",
    (Kind.STAGE, Verb.REMOVE): "the stage is gone",
    (Kind.DOMAIN, Verb.REMOVE): "the domain no longer leads here",
    (Kind.KEY, Verb.REMOVE): "whoever uses the key is refused",
}


def of(plan: PlanDocument) -> tuple[list[Change], list[tuple[str, str]]]:
    """The changes, and what is folded away: address and why."""
    told: list[Change] = []
    folded: list[tuple[str, str]] = []
    new_functions = {
        _module(each.address) for each in plan.of_type("aws_lambda_function") if each.verb is Verb.ADD
    }
    for change in plan.changes:
        if change.verb is None:
            continue
        found, why = _one(change, new_functions, change.verb)
        told += found
        if why:
            folded.append((change.address, why))
    return told, folded


def _one(change: ResourceChange, new_functions: set[str], verb: Verb) -> tuple[list[Change], str]:
    if change.type in _FOLLOWS:
        return [], _FOLLOWS[change.type]
    if change.type in _PART_OF_ROUTES:
        return [], "told as routes"
    kind = _KINDS.get(change.type, Kind.OTHER)
    beside = verb is Verb.ADD and _module(change.address) in new_functions - {""}
    if beside and (kind is Kind.LOG_GROUP or change.type == "aws_iam_role"):
        return [], "comes with the new function"
    differences = tuple(_differences(change, kind))
    if verb is Verb.CHANGE and not differences:
        return (
            [],
            "tags or computed values"
            if change.type != "aws_api_gateway_stage"
            else "moves to the new deployment",
        )
    if verb is Verb.REPLACE and change.replaced_for:
        differences = (Difference("made anew for", None, ", ".join(change.replaced_for)), *differences)
    why = _BREAKS.get((kind, verb), "")
    return [Change(verb, kind, _name(change, kind), differences, change.address, breaking=why)], ""


def _differences(change: ResourceChange, kind: Kind) -> Iterator[Difference]:
    changed = change.changed - _NOISE
    own = change.verb is not Verb.REMOVE or change.type == "aws_iam_role_policy"
    if own and (kind is Kind.IAM or "policy" in changed):
        yield from _policies(change)
    if change.verb is Verb.REMOVE:
        return
    if change.verb is Verb.ADD and kind not in attributes.TOLD_WHEN_NEW:
        return
    yield from attributes.differences(change, kind, changed - _POLICIES)


def _policies(change: ResourceChange) -> Iterator[Difference]:
    """Each statement that comes or goes."""
    for name in ("policy", "assume_role_policy"):
        if name in change.changed and change.unknown.get(name) is True:
            if change.type == "aws_api_gateway_rest_api" and change.verb is Verb.ADD:
                continue  # not declared, AWS computes it: none
            yield Difference("statements", None, shown.UNKNOWN)
        elif not change.is_sensitive(name):
            old, new = (set(statements.read(side.get(name))) for side in (change.before, change.after))
            yield from (Difference("no longer", None, each.words) for each in sorted(old - new))
            yield from (Difference("now", None, each.words) for each in sorted(new - old))
    if change.type == "aws_iam_role_policy_attachment":
        yield Difference(
            "policy",
            shown.value(change.before.get("policy_arn")),
            shown.value(change.after.get("policy_arn")),
        )


def _name(change: ResourceChange, kind: Kind) -> str:
    values = change.after or change.before
    if kind in {Kind.STAGE, Kind.SETTINGS}:
        path = text(values.get("method_path"))
        name = text(values.get("stage_name")) or change.address
        return shown.line(f"{name} {path}" if path else name)
    if kind is Kind.OTHER:
        return shown.line(change.address)
    keys = re.findall(r'\["((?:[^"\\]|\\.)*)"\]', change.address)
    if kind is Kind.LOG_GROUP or not keys:
        named = (
            text(values.get("name")) or text(values.get("function_name")) or text(values.get("domain_name"))
        )
        return shown.line(named or change.address)
    return shown.line(keys[-1])


def _module(address: str) -> str:
    found = re.match(r"((?:module\.[^.\[]+(?:\[(?:\"(?:[^\"\\]|\\.)*\"|\d+)\])?\.)+)", address)
    return found[1] if found else ""
