"""`[review]`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from apitool.project.model.base import Section
from apitool.project.model.fields import Name


class ReviewWaiver(Section):
    """A finding of `apitool review` that somebody accepted, for a time."""

    rule: str = Field(description="The rule's id.", examples=["route-open"])
    on: str = Field(
        "*", description="Pattern for what it was found on, `*` for anything.", examples=["GET /health"]
    )
    reason: Annotated[str, Field(min_length=1)] = Field(description="Why it is accepted.")
    expires: date = Field(description="Last day it holds; after it the finding counts again.")


class Review(Section):
    """What `apitool review` makes of its findings."""

    fail_on: Literal["error", "warning", "note", "never"] = Field(
        "never", description="Findings as bad as this, or worse, end a review with 5."
    )
    severities: dict[str, Literal["error", "warning", "note", "off"]] = Field(
        {}, description="Severities other than the rules' own.", examples=[{"drift": "warning"}]
    )
    waivers: dict[Name, ReviewWaiver] = Field(
        {},
        description="Findings that are accepted, by a name of yours.",
        examples=[
            {"health": {"rule": "route-open", "reason": "for the load balancer", "expires": "2027-01-31"}}
        ],
    )
