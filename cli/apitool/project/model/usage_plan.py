"""`[api_keys.<name>]` and `[usage_plans.<name>]`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from apitool.project import access_values
from apitool.project.model.base import Section
from apitool.project.model.fields import Name, by
from apitool.project.model.throttle import Throttle

Period = Literal["DAY", "WEEK", "MONTH"]
Description = Annotated[str, by(access_values.description)]


class ApiKey(Section):
    """A client's key. Its value is made by API Gateway and stands nowhere here."""

    description: Description | None = Field(None, description="Whose key it is.", examples=["The mobile app"])
    enabled: bool = Field(default=True, description="Whether it is taken.")


class Quota(Section):
    """How many requests a key may make in a period."""

    limit: int = Field(ge=1, description="Requests in a period.", examples=[10_000])
    period: Period = Field(description="Length of a period, in UTC.", examples=["MONTH"])
    offset: int = Field(
        0, ge=0, le=27, description="First day of a period: 0 is Sunday for WEEK, the first for MONTH."
    )


class UsagePlan(Section):
    """What the keys of some clients may use."""

    description: Description | None = Field(None, description="Who it is for.", examples=["Partners"])
    api_keys: Annotated[tuple[Name, ...], Field(strict=False)] = Field(
        (), description="Keys that use it.", examples=[["mobile"]]
    )
    throttle: Throttle | None = Field(
        None, description="Of each key, over all routes.", examples=[{"rate": 10, "burst": 20}]
    )
    quota: Quota | None = Field(
        None, description="Of each key.", examples=[{"limit": 10_000, "period": "MONTH"}]
    )
    routes: dict[str, Throttle] = Field(
        {},
        description="Throttle of each key on single routes.",
        examples=[{"GET /orders": {"rate": 1, "burst": 2}}],
    )
