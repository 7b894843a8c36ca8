"""`[stages.<name>]`."""

from __future__ import annotations

from pydantic import Field

from apitool.project.model.base import Section
from apitool.project.model.fields import LogLevel, Name, RetentionDays, StageVariables, Tags
from apitool.project.model.function_platform import FunctionPlatform
from apitool.project.model.route_settings import Cache, RouteSettings
from apitool.project.model.throttle import Throttle


class StageSettings(Section):
    """What a stage says beside its name."""

    local: bool = Field(default=False, description="Lives in the embedded AWS on the developer's machine.")
    throttle: Throttle | None = Field(
        None, description="Default: the account's limits.", examples=[{"rate": 50, "burst": 100}]
    )
    cache: Cache | None = Field(None, description="Default: no answer is kept.", examples=[{"size": "0.5"}])
    metrics: bool = Field(default=True, description="Count requests, errors and time of each method.")
    routes: dict[str, RouteSettings] = Field(
        {}, description="What is otherwise for single routes.", examples=[{"GET /orders": {"cache_ttl": 60}}]
    )
    log_level: LogLevel = Field("error", description="Execution log; `full` logs bodies and headers too.")
    access_logs: bool = Field(default=True, description="One JSON line for each request.")
    log_retention_days: RetentionDays = Field(30, description="Days the stage's logs are kept.")
    variables: StageVariables = Field(
        {}, description="Stage variables, in clear: no secrets.", examples=[{"color": "blue"}]
    )
    tags: Tags = Field({}, description="Tags of everything in the stage.", examples=[{"team": "orders"}])
    functions: dict[Name, FunctionPlatform] = Field(
        {},
        description="Settings of functions that are others in this stage, by the function's name.",
        examples=[{"orders": {"reserved_concurrency": 50}}],
    )


class Stage(StageSettings):
    """One stage, and where it lives: the embedded AWS (`local = true`) or AWS."""

    name: str
