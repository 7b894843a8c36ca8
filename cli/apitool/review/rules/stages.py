"""Rules about stages: what they log, and what they let through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.review.finding import Severity
from apitool.review.rules import among
from apitool.review.rules.rule import Hit, Rule
from apitool.terraform.document import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from apitool.review.changes import Reviewed
    from apitool.review.plan_document import ResourceChange

_SETTINGS = "aws_api_gateway_method_settings"
_STAGE = "aws_api_gateway_stage"
_LOGGING = {"ERROR", "INFO"}


def data_trace(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change, old, new in _settings(reviewed):
        if new.get("data_trace_enabled") is True and old.get("data_trace_enabled") is not True:
            what = "bodies and headers of every request are logged"
            yield Hit(among.name(reviewed, change), what, change.address)


def throttling_removed(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change, old, new in _settings(reviewed):
        if _limit(old) > 0 > _limit(new):
            yield Hit(among.name(reviewed, change), "no limit of its own any more", change.address)


def execution_logs_off(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change, old, new in _settings(reviewed):
        if text(old.get("logging_level")) in _LOGGING and text(new.get("logging_level")) not in _LOGGING:
            yield Hit(among.name(reviewed, change), f"logging {old['logging_level']} → off", change.address)


def cache_opened(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    name = "require_authorization_for_cache_control"
    for change, old, new in _settings(reviewed):
        if old.get(name) is True and new.get(name) is False and new.get("caching_enabled") is True:
            what = "any caller may empty the cache by a header"
            yield Hit(among.name(reviewed, change), what, change.address)


def caching_on(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    """Of an API with protected routes: the cache's key is the path, and the parameters a route names."""
    protected = any(not route.is_open for route in reviewed.after.routes.values())
    for change, old, new in _settings(reviewed):
        if protected and new.get("caching_enabled") is True and old.get("caching_enabled") is not True:
            what = "answers are cached, whoever asks"
            yield Hit(among.name(reviewed, change), what, change.address)


def access_logs_off(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in among.changed(reviewed, _STAGE):
        if among.lost(change, "access_log_settings"):
            yield Hit(among.name(reviewed, change), "requests are no longer logged", change.address)


def logs_kept_for_ever(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in among.made_or_changed(reviewed, "aws_cloudwatch_log_group"):
        unknown = change.unknown.get("retention_in_days") is True
        was = change.before.get("retention_in_days") if change.before else None
        if not unknown and not change.after.get("retention_in_days") and was != 0:
            yield Hit(among.name(reviewed, change), "logs are kept for ever", change.address)


def _settings(
    reviewed: Reviewed,
) -> Iterator[tuple[ResourceChange, Mapping[str, object], Mapping[str, object]]]:
    """Before and after. Settings that are removed are AWS's own, unless their stage goes with them."""
    stages = {_stage(each.before) for each in among.removed(reviewed, _STAGE)}
    for change in among.made_or_changed(reviewed, _SETTINGS):
        yield change, among.block(change.before, "settings"), among.after_block(change, "settings")
    for change in among.removed(reviewed, _SETTINGS):
        if _stage(change.before) not in stages:
            yield change, among.block(change.before, "settings"), {"throttling_rate_limit": -1}


def _stage(values: Mapping[str, object]) -> tuple[str, str]:
    return text(values.get("rest_api_id")), text(values.get("stage_name"))


def _limit(settings: Mapping[str, object]) -> float:
    limit = settings.get("throttling_rate_limit")
    return limit if isinstance(limit, int | float) else -1


RULES = (
    Rule(
        "data-trace",
        Severity.WARNING,
        "Data trace is on",
        "Bodies and headers are logged, credentials included.",
        "Leave it off; `apitool logs enable --data-trace` for as long as you look.",
        data_trace,
    ),
    Rule(
        "throttling-removed",
        Severity.WARNING,
        "Throttling is removed",
        "One caller may use up the account's limit for every API in the region.",
        "Keep a throttle on the stage.",
        throttling_removed,
    ),
    Rule(
        "caching-on",
        Severity.NOTE,
        "Answers are cached in front of protected routes",
        "The caller is not in the cache's key: one user's answer may go to another.",
        "Name `Authorization`, or what tells callers apart, in `cache_key_parameters`.",
        caching_on,
    ),
    Rule(
        "cache-opened",
        Severity.WARNING,
        "Anybody may empty the cache",
        "`Cache-Control: max-age=0` sends every request of theirs to the function.",
        "require_authorization_for_cache_control = true",
        cache_opened,
    ),
    Rule(
        "execution-logs-off",
        Severity.WARNING,
        "Execution logs are switched off",
        "Nobody can tell why the gateway answered 500 or 502.",
        "Leave them at ERROR.",
        execution_logs_off,
    ),
    Rule(
        "access-logs-off",
        Severity.WARNING,
        "Access logs are switched off",
        "Nobody can tell who called what.",
        "Leave them on.",
        access_logs_off,
    ),
    Rule(
        "logs-for-ever",
        Severity.WARNING,
        "Logs without retention",
        "They are kept, and paid for, for ever.",
        "Set a retention.",
        logs_kept_for_ever,
    ),
)
