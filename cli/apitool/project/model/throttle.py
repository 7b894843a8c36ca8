"""A limit of requests, wherever one stands."""

from __future__ import annotations

from pydantic import Field

from apitool.project.model.base import Section


class Throttle(Section):
    """How many requests are let through: of a method of a stage, or of an API key."""

    rate: float = Field(gt=0, description="Requests per second, lasting.", examples=[50])
    burst: int = Field(gt=0, description="Requests at once.", examples=[100])
