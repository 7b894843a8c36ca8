"""Rules about data: tables and other stores that go, or lose what protects them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.review.change import Kind, Verb
from apitool.review.finding import Severity
from apitool.review.rules import among
from apitool.review.rules.rule import Hit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from apitool.review.changes import Reviewed

_ANEW = {Verb.REPLACE, Verb.REMOVE}


def table_lost(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in reviewed.changes.changes:
        if change.kind is Kind.TABLE and change.verb in _ANEW:
            anew = "made anew, empty" if change.verb is Verb.REPLACE else "destroyed"
            yield Hit(change.name, f"the table is {anew}", change.address)


def table_unprotected(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in among.changed(reviewed, "aws_dynamodb_table"):
        if change.verb is Verb.REPLACE:  # which is worse, and said
            continue
        subject = among.name(reviewed, change)
        if among.lost(change, "deletion_protection_enabled"):
            yield Hit(subject, "deletion protection on → off", change.address)
        if _backed_up(change.before) and not _backed_up(change.after):
            yield Hit(subject, "point-in-time recovery on → off", change.address)


def store_lost(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in reviewed.changes.changes:
        if change.kind is Kind.STORE and change.verb in _ANEW:
            anew = "made anew, empty" if change.verb is Verb.REPLACE else "destroyed"
            yield Hit(change.name, f"is {anew}", change.address)


def _backed_up(table: Mapping[str, object]) -> bool:
    return among.block(table, "point_in_time_recovery").get("enabled") is True


RULES = (
    Rule(
        "table-lost",
        Severity.ERROR,
        "A table is destroyed or made anew",
        "Its items go with it.",
        "Copy the items to a new table first, or set `deletion_protection = true` to refuse this.",
        table_lost,
    ),
    Rule(
        "table-unprotected",
        Severity.WARNING,
        "A table loses its protection",
        "A mistake after this can't be undone.",
        "Leave deletion protection and point-in-time recovery on.",
        table_unprotected,
    ),
    Rule(
        "store-lost",
        Severity.ERROR,
        "A bucket, database, queue, user pool, secret or key goes",
        "What is in it goes with it.",
        "Copy it first, or protect it with `prevent_destroy`.",
        store_lost,
    ),
)
