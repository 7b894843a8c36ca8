"""The log groups that have something of a stage's requests, and why they may have nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.aws import cloudwatch_role
from apitool.logs.levels import level_of
from apitool.project import names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from apitool.aws.stage_settings import StageSettings
    from apitool.logs.joining import Source
    from apitool.stage.target import Target

_LOG_GROUP = ":log-group:"


@dataclass(frozen=True, slots=True)
class LogSource:
    """One log group, and which of a request's three logs it is."""

    kind: Source
    group: str


def of_stage(target: Target, settings: StageSettings, kinds: Collection[Source]) -> tuple[LogSource, ...]:
    """The groups of the kinds wanted. An access log that is off, or goes to Firehose, has none."""
    found = [LogSource("gateway", names.execution_log_group(settings.rest_api_id, settings.name))]
    destination = settings.settings.access_log_destination or ""
    if _LOG_GROUP in destination:
        found.append(LogSource("access", destination.partition(_LOG_GROUP)[2].removesuffix(":*")))
    for function in target.project.functions:
        member = names.member(target.project.name, target.stage.name, function)
        found.append(LogSource("lambda", names.function_log_group(member)))
    return tuple(source for source in found if source.kind in kinds)


def why_silent(target: Target, settings: StageSettings, missing: Iterable[LogSource]) -> list[str]:
    """Why there may be nothing to show, the likeliest reason first; each with its cure."""
    enable = f"apitool logs enable {target.options}"
    role = cloudwatch_role.read(target.account)
    levels = {level_of(entry) for entry in settings.method_settings.values()} or {"off"}
    access = bool(settings.settings.access_log_destination)
    reasons = []
    if not role.usable:
        reasons.append(f"API Gateway has no CloudWatch role in {target.account.region}: {enable}")
    if levels == {"off"}:
        reasons.append(f"execution logging is off: {enable}")
    elif levels <= {"off", "error"}:
        reasons.append(f"the level is `error`, which writes only failures: {enable}")
    if not access:
        reasons.append("the access log is off: access_logs = true in apitool.toml, then `apitool up`")
    reasons += [
        f"the log group {source.group} does not exist yet: no request was logged to it" for source in missing
    ]
    where = "the embedded AWS" if target.embedded else f"{target.account.region}, account {target.account.id}"
    reasons.append(f"nobody called the stage `{settings.name}` of RestApi {settings.rest_api_id} in {where}")
    return reasons
