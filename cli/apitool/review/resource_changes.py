"""Everything of a plan that is no route: functions, permissions, stages, logs, tables, routine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.review import addresses, attributes, kinds, shown, statements
from apitool.review.change import Change, Difference, Kind, Verb
from apitool.terraform.document import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.review.links import Links
    from apitool.review.plan_document import PlanDocument, ResourceChange
    from apitool.review.statements import Statement

_PART_OF_ROUTES = {
    "aws_api_gateway_resource",
    "aws_api_gateway_method",
    "aws_api_gateway_integration",
    "aws_api_gateway_method_response",
    "aws_api_gateway_integration_response",
}
_ALIAS = "aws_lambda_alias"
_FOLLOWS = {
    "aws_api_gateway_deployment": "follows from the routes",
    _ALIAS: "follows from the code",
    "aws_iam_role_policies_exclusive": "keeps foreign policies off the role",
    "aws_iam_role_policy_attachments_exclusive": "keeps foreign policies off the role",
}
_NOISE = {"tags", "tags_all", "deployment_id", "id", "arn", "version", "last_modified"}
_MOST_STATEMENTS = 8  # of one policy, each way
_POLICIES = {"policy", "assume_role_policy"}
_BREAKS = {
    (Kind.API, Verb.REPLACE): "the URL changes",
    (Kind.STAGE, Verb.REPLACE): "the stage is away while it is made anew, and its URL may change",
    (Kind.DOMAIN, Verb.REPLACE): "the name is away while it is made anew",
    (Kind.KEY, Verb.REPLACE): "whoever uses the key is refused",
    (Kind.FUNCTION, Verb.REPLACE): "its routes answer 500 while it is made anew",
    (Kind.API, Verb.REMOVE): "the API is gone",
    (Kind.STAGE, Verb.REMOVE): "the stage is gone",
    (Kind.DOMAIN, Verb.REMOVE): "the domain no longer leads here",
    (Kind.KEY, Verb.REMOVE): "whoever uses the key is refused",
    (Kind.USAGE_PLAN, Verb.REMOVE): "its keys open nothing",
}


def of(plan: PlanDocument, links: Links) -> tuple[list[Change], list[tuple[str, str]]]:
    """The changes, and what is folded away: address and why."""
    told: list[Change] = []
    folded = [(each.address, "leftover of an earlier apply, removed") for each in plan.leftovers]
    functions = plan.of_type("aws_lambda_function")
    new = {addresses.module_of(each.address) for each in functions if each.verb is Verb.ADD} - {""}
    gone = {links.functions.of(each) for each in functions if each.verb is Verb.REMOVE}
    for change in plan.changes:
        if stays := _stays(change):
            folded.append((change.address, stays))
        if change.verb is None:
            continue
        why = _routine(change, change.verb, new, gone, links)
        if not why:
            told_as = _told(change, change.verb, links)
            why = "" if told_as else _unseen(change)
            told += [told_as] if told_as else []
        if why and not stays:
            folded.append((change.address, why))
    return told, folded


def _stays(change: ResourceChange) -> str:
    """What Terraform notes about a resource without changing it."""
    if change.forgotten:
        return "stays, and Terraform forgets it"
    if change.moved_from:
        return f"moved from {change.moved_from}"
    return "taken over as it is" if change.imported and change.verb is None else ""


def _routine(change: ResourceChange, verb: Verb, new: set[str], gone: set[str], links: Links) -> str:
    """Why it follows from something told, else empty. `new`: modules of functions that are made."""
    lost_alias = change.type == _ALIAS and verb is Verb.REMOVE and links.functions.of(change) not in gone
    if change.type in _FOLLOWS and not lost_alias:
        return _FOLLOWS[change.type]
    if change.type in _PART_OF_ROUTES:
        return "told as routes"
    comes_along = change.type in {"aws_cloudwatch_log_group", "aws_iam_role"}
    beside = verb is Verb.ADD and addresses.module_of(change.address) in new
    return "comes with the new function" if beside and comes_along else ""


def _unseen(change: ResourceChange) -> str:
    moves = change.type == "aws_api_gateway_stage"
    return "moves to the new deployment" if moves else "tags or computed values"


def _told(change: ResourceChange, verb: Verb, links: Links) -> Change | None:
    """None when nothing of it is worth telling."""
    kind = kinds.of(change.type)
    differences = tuple(_differences(change, kind)) if change.known else ()
    if verb is Verb.CHANGE and not differences and not change.imported and change.known:
        return None
    if verb is Verb.REPLACE:
        differences = (*_made_anew(change), *differences)
    if change.imported:
        differences = (Difference("taken over from", None, "what is there"), *differences)
    why = _BREAKS.get((kind, verb), "")
    return Change(verb, kind, _name(change, kind, links), differences, change.address, breaking=why)


def _made_anew(change: ResourceChange) -> Iterator[Difference]:
    reasons = {
        "replace_because_tainted": "an apply that failed",
        "replace_by_request": "a request on the command line",
        "replace_by_triggers": "what it is triggered by",
    }
    why = ", ".join(change.replaced_for) or reasons.get(change.reason, "")
    if why:
        yield Difference("made anew for", None, why)


def _differences(change: ResourceChange, kind: Kind) -> Iterator[Difference]:
    changed = change.changed - _NOISE
    if not change.before.get("region"):  # new in provider 6, and filled in with what it always was
        changed -= {"region"}
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
        if change.unknown.get(name) is True:
            if name in change.changed and (change.before or change.type != "aws_api_gateway_rest_api"):
                yield Difference("statements", None, shown.UNKNOWN)
        elif not change.is_sensitive(name):
            old, new = (set(statements.read(side.get(name))) for side in (change.before, change.after))
            yield from _some("no longer", old - new)
            yield from _some("now", new - old)
    if change.type == "aws_iam_role_policy_attachment":
        yield Difference(
            "policy",
            shown.value(change.before.get("policy_arn")),
            shown.value(change.after.get("policy_arn")),
        )


def _some(word: str, found: set[Statement]) -> Iterator[Difference]:
    """As many as one reads."""
    for each in sorted(found)[:_MOST_STATEMENTS]:
        yield Difference(word, None, each.words)
    if (more := len(found) - _MOST_STATEMENTS) > 0:
        yield Difference(word, None, f"{more} statements more")


def _name(change: ResourceChange, kind: Kind, links: Links) -> str:
    values = change.after or change.before
    api = links.apis.label(links.apis.of(change, "after" if change.after else "before"))
    of_api = f" ({api})" if api and "rest_api_id" in values.keys() | change.unknown.keys() else ""
    if kind in {Kind.STAGE, Kind.SETTINGS}:
        path = text(values.get("method_path"))
        name = text(values.get("stage_name")) or change.address
        return shown.line(f"{name} {path}" if path else name) + of_api
    if base_path := text(values.get("base_path")):
        return shown.line(f"{text(values.get('domain_name'))}/{base_path}")
    if kind is Kind.OTHER:
        return shown.line(change.address)
    if kind in {Kind.FUNCTION, Kind.PERMISSION, Kind.FUNCTION_URL}:
        return shown.line(links.functions.of(change) or change.address)
    if kind is not Kind.LOG_GROUP and (key := addresses.key(change.address)):
        return shown.line(key)
    named = (text(values.get(name)) for name in _NAMES)
    return shown.line(next(filter(None, named), addresses.key(change.address) or change.address)) + of_api


_NAMES = ("name", "domain_name", "response_type", "bucket", "identifier", "description")
