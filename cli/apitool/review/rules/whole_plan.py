"""Rules about the plan itself: whether it says everything, and what happened behind Terraform's back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.review.change import Verb
from apitool.review.finding import Severity
from apitool.review.rules.rule import Hit, Rule
from apitool.terraform.document import at, sequence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from apitool.review.changes import Reviewed
    from apitool.review.plan_document import ResourceChange

_NO_NEWS = {
    "tags",
    "tags_all",
    "id",
    "arn",
    "last_modified",
    "version",
    "qualified_arn",
    "deployment_id",
    "region",
}


def incomplete(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    if reviewed.plan.errored:
        yield Hit("plan", "Terraform stopped with an error: what it had not looked at is not here")
    for address, reason in reviewed.plan.deferred:
        yield Hit(address, f"left to a later plan ({reason.replace('_', ' ') or 'no reason given'})", address)


def check_failed(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for address in reviewed.plan.failed_checks:
        yield Hit(address, "does not hold", address)


def forgotten(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in reviewed.plan.changes:
        if change.forgotten:
            yield Hit(change.address, "stays as it is, and no plan will look at it again", change.address)


def drift(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in reviewed.plan.drift:
        names = sorted(name for name in change.changed - _NO_NEWS if not _no_news(reviewed, change, name))
        if change.verb is Verb.REMOVE:
            yield Hit(change.address, "somebody removed it outside Terraform", change.address)
        elif names:
            yield Hit(change.address, f"changed outside Terraform: {', '.join(names)}", change.address)


def _no_news(reviewed: Reviewed, change: ResourceChange, name: str) -> bool:
    """Another way to say "nothing"; or a role's inline policies, read back, that Terraform made itself."""
    old, new = change.before.get(name), change.after.get(name)
    if name != "inline_policy":
        return not any((old, new)) and not isinstance(old, bool) and not isinstance(new, bool)
    role = change.after.get("name")
    policies = reviewed.plan.of_type("aws_iam_role_policy")
    ours = {each.before.get("name") for each in policies if each.before.get("role") == role}
    return {at(inline, "name") for inline in sequence(new)} <= ours | {
        at(inline, "name") for inline in sequence(old)
    }


RULES = (
    Rule(
        "plan-incomplete",
        Severity.ERROR,
        "The plan does not say everything",
        "What is missing here will be changed by a plan that nobody reviewed.",
        "Mend what Terraform complains of, and review the whole plan.",
        incomplete,
    ),
    Rule(
        "check-failed",
        Severity.WARNING,
        "A check of the configuration does not hold",
        "Whoever wrote it wanted this to be seen.",
        "Look at the check's message in `terraform plan`.",
        check_failed,
    ),
    Rule(
        "forgotten",
        Severity.NOTE,
        "Terraform no longer looks after a resource",
        "It goes on working, costing and letting callers in, unseen.",
        "Say in the pull request who looks after it now.",
        forgotten,
    ),
    Rule(
        "drift",
        Severity.NOTE,
        "Changed outside Terraform",
        "This plan takes it back, or keeps it unseen.",
        "Put it into the code, or find out who did it.",
        drift,
    ),
)
