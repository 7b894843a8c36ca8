"""Rules about what runs and what it leaves: replacements, logs, throttling, tables, runtimes, drift."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from apitool.review.change import Kind, Verb
from apitool.review.rules.rule import Hit
from apitool.terraform.document import at, mapping, number, sequence, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apitool.review.changes import Reviewed
    from apitool.review.plan_document import ResourceChange

_GATEWAY_TIMEOUT = 29  # seconds the gateway waits unless AWS raised it
_ANEW = {Verb.REPLACE, Verb.REMOVE}
# The day AWS ends support, from "Lambda runtimes" in its developer guide; after it nothing is patched.
_SUPPORT_ENDS = {
    "nodejs14.x": date(2023, 12, 4),
    "nodejs16.x": date(2024, 6, 12),
    "nodejs18.x": date(2025, 9, 1),
    "python2.7": date(2021, 7, 15),
    "python3.6": date(2022, 7, 18),
    "python3.7": date(2023, 12, 4),
    "python3.8": date(2024, 10, 14),
    "python3.9": date(2025, 12, 15),
    "python3.10": date(2026, 10, 31),
}


def url_changes(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in reviewed.changes.changes:
        if change.kind in {Kind.API, Kind.STAGE} and change.verb in _ANEW:
            anew = "made anew" if change.verb is Verb.REPLACE else "removed"
            yield Hit(change.name, f"the {change.kind} is {anew}: {change.breaking}", change.address)


def table_lost(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in reviewed.changes.changes:
        if change.kind is Kind.TABLE and change.verb in _ANEW:
            anew = "made anew, empty" if change.verb is Verb.REPLACE else "destroyed"
            yield Hit(change.name, f"the table is {anew}", change.address)


def table_unprotected(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in _changed(reviewed, "aws_dynamodb_table"):
        if change.before.get("deletion_protection_enabled") is True and not change.after.get(
            "deletion_protection_enabled"
        ):
            yield Hit(_key(reviewed, change), "deletion protection on → off", change.address)
        if _backed_up(change.before) and not _backed_up(change.after):
            yield Hit(_key(reviewed, change), "point-in-time recovery on → off", change.address)


def data_trace(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in _made_or_changed(reviewed, "aws_api_gateway_method_settings"):
        old, new = _settings(change.before), _settings(change.after)
        if new.get("data_trace_enabled") is True and old.get("data_trace_enabled") is not True:
            yield Hit(
                _key(reviewed, change), "bodies and headers of every request are logged", change.address
            )


def throttling_removed(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in _changed(reviewed, "aws_api_gateway_method_settings"):
        old, new = _settings(change.before), _settings(change.after)
        limited = number(old.get("throttling_rate_limit")) > 0
        if limited and number(new.get("throttling_rate_limit")) < 0:
            yield Hit(_key(reviewed, change), "no limit of its own any more", change.address)


def logs_kept_for_ever(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in _made_or_changed(reviewed, "aws_cloudwatch_log_group"):
        unknown = change.unknown.get("retention_in_days") is True
        if not unknown and not change.after.get("retention_in_days") and _retention(change.before) != 0:
            yield Hit(_key(reviewed, change), "logs are kept for ever", change.address)


def access_logs_off(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in _changed(reviewed, "aws_api_gateway_stage"):
        if sequence(change.before.get("access_log_settings")) and not sequence(
            change.after.get("access_log_settings")
        ):
            yield Hit(_key(reviewed, change), "requests are no longer logged", change.address)


def runtime_deprecated(reviewed: Reviewed, today: date) -> Iterator[Hit]:
    for change in _made_or_changed(reviewed, "aws_lambda_function"):
        runtime = text(change.after.get("runtime"))
        ends = _SUPPORT_ENDS.get(runtime)
        if ends is not None and ends <= today and runtime != change.before.get("runtime"):
            yield Hit(_key(reviewed, change), f"{runtime}: AWS's support ended on {ends}", change.address)


def timeout_beyond_gateway(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in _made_or_changed(reviewed, "aws_lambda_function"):
        old, new = number(change.before.get("timeout")), number(change.after.get("timeout"))
        if new > _GATEWAY_TIMEOUT >= old:
            yield Hit(
                _key(reviewed, change),
                f"{new} s, and the gateway gives up after {_GATEWAY_TIMEOUT}",
                change.address,
            )


def drift(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in reviewed.plan.drift:
        names = sorted(change.changed - {"tags", "tags_all", "id", "arn", "last_modified", "version"})
        if change.verb is Verb.REMOVE:
            yield Hit(change.address, "somebody removed it outside Terraform", change.address)
        elif names:
            yield Hit(change.address, f"changed outside Terraform: {', '.join(names)}", change.address)


def _retention(values: Mapping[str, object]) -> int | None:
    return number(values.get("retention_in_days")) if values else None


def _backed_up(table: Mapping[str, object]) -> bool:
    return at(next(iter(sequence(table.get("point_in_time_recovery"))), None), "enabled") is True


def _settings(values: Mapping[str, object]) -> Mapping[str, object]:
    return mapping(next(iter(sequence(values.get("settings"))), None))


def _changed(reviewed: Reviewed, kind: str) -> Iterator[ResourceChange]:
    return (change for change in reviewed.plan.of_type(kind) if change.verb in {Verb.CHANGE, Verb.REPLACE})


def _made_or_changed(reviewed: Reviewed, kind: str) -> Iterator[ResourceChange]:
    return (change for change in reviewed.plan.of_type(kind) if change.verb not in {None, Verb.REMOVE})


def _key(reviewed: Reviewed, change: ResourceChange) -> str:
    """What the change set calls it."""
    told = (each.name for each in reviewed.changes.changes if each.address == change.address)
    return next(told, change.address)
