"""What a stage logs, route by route, and where to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apitool.aws import cloudwatch_role
from apitool.logs.levels import STAGE_WIDE, level_of
from apitool.project import names
from apitool.proxy.method_settings import method_key
from apitool.stage import logging

if TYPE_CHECKING:
    from apitool.aws.cloudwatch_role import CloudWatchRole
    from apitool.aws.stage_settings import StageSettings
    from apitool.project.model import LogLevel, Route
    from apitool.stage.target import Target

_ROLE_TEXTS = {
    "live": "live",
    "dead": "the role is gone; the next `up` or `logs enable` makes a new one",
    "none": "none; the next `up` or `logs enable` makes one",
    "unknown": "set; we may not look whether it still exists (iam:GetRole)",
}


@dataclass(frozen=True, slots=True)
class LoggingStatus:
    """Levels as they are on the stage now, beside the one declared."""

    title: str
    declared: LogLevel
    stage_wide: LogLevel
    routes: dict[str, LogLevel]
    own_entries: tuple[str, ...]  # method settings that do not follow `*/*`
    execution_log_group: str
    access_log_arn: str | None
    role: CloudWatchRole

    def text(self) -> str:
        width = max((len(key) for key in self.routes), default=0)
        lines = [
            f"{self.title}",
            f"  level         {self.stage_wide} (declared: {self.declared})",
            f"  execution log {self.execution_log_group}",
            f"  access log    {(self.access_log_arn or 'off').rpartition(':log-group:')[2]}",
            f"  account role  {self.role.arn or ''} {_ROLE_TEXTS[self.role.state]}".replace(
                "  none", " none"
            ),
            "",
            *(f"  {key:<{width}}  {level}" for key, level in self.routes.items()),
        ]
        if self.own_entries:
            lines += ["", f"  settings of their own, which */* does not reach: {', '.join(self.own_entries)}"]
        return "\n".join(lines)

    def data(self) -> dict[str, Any]:
        return {
            "level": self.stage_wide,
            "declared_level": self.declared,
            "routes": self.routes,
            "own_method_settings": list(self.own_entries),
            "execution_log_group": self.execution_log_group,
            "access_log_arn": self.access_log_arn,
            "account_role": {"state": self.role.state, "arn": self.role.arn},
        }


def read(target: Target) -> LoggingStatus:
    """Read stage and account. Raises ApitoolError when the stage is not up."""
    settings = logging.settings_of(target)
    entries = settings.method_settings
    return LoggingStatus(
        title=target.title,
        declared=target.stage.log_level,
        stage_wide=level_of(entries.get(STAGE_WIDE)),
        routes={route.key: _level(settings, route) for route in target.project.routes},
        own_entries=tuple(sorted(entries.keys() - {STAGE_WIDE})),
        execution_log_group=names.execution_log_group(settings.rest_api_id, settings.name),
        access_log_arn=settings.settings.access_log_destination,
        role=cloudwatch_role.read(target.account),
    )


def _level(settings: StageSettings, route: Route) -> LogLevel:
    entries = settings.method_settings
    return level_of(entries.get(method_key(route.path, route.method), entries.get(STAGE_WIDE)))
