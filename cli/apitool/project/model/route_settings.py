"""`[stages.<name>.cache]` and `[stages.<name>.routes]`: what a stage says about its methods."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from apitool.project.model.base import Section
from apitool.project.model.fields import LogLevel
from apitool.project.model.throttle import Throttle

CacheSize = Literal["0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237"]
"""GB; paid by the hour: https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html."""
CacheControlStrategy = Literal[
    "SUCCEED_WITH_RESPONSE_HEADER", "SUCCEED_WITHOUT_RESPONSE_HEADER", "FAIL_WITH_403"
]


class Cache(Section):
    """The stage's cache of answers; which routes' are kept, they say themselves."""

    size: CacheSize = Field("0.5", description="GB of memory, paid by the hour.")
    ttl: int = Field(300, ge=1, le=3_600, description="Seconds an answer is kept.")
    encrypted: bool = Field(default=True, description="Encrypt what is kept.")
    unauthorized_cache_control_header_strategy: CacheControlStrategy = Field(
        "SUCCEED_WITH_RESPONSE_HEADER",
        description="What callers get who would pass it by (Cache-Control) and may not.",
    )


class RouteSettings(Section):
    """What is otherwise for one route of a stage."""

    throttle: Throttle | None = Field(
        None, description="Default: the stage's.", examples=[{"rate": 5, "burst": 10}]
    )
    metrics: bool | None = Field(None, description="Count it where the stage does not.", examples=[True])
    cache: bool = Field(default=False, description="Keep its answers, in a stage with a cache.")
    cache_ttl: int | None = Field(
        None, ge=1, le=3_600, description="Seconds its answers are kept. Default: the cache's.", examples=[60]
    )
    log_level: LogLevel | None = Field(None, description="Execution log. Default: the stage's.")
