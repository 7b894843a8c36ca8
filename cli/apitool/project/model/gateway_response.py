"""`[gateway_responses.<TYPE>]`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from apitool.project import access_values
from apitool.project.model.base import Section
from apitool.project.model.fields import by

ResponseType = Annotated[str, by(access_values.response_type)]


class GatewayResponse(Section):
    """An answer the gateway makes itself: another status, more headers, another body."""

    status: int | None = Field(None, ge=200, le=599, description="Default: the type's own.", examples=[401])
    headers: dict[
        Annotated[str, by(access_values.response_header)], Annotated[str, by(access_values.response_value)]
    ] = Field(
        {},
        description="Headers: a constant in single quotes, or where its value comes from.",
        examples=[{"WWW-Authenticate": "'Bearer'"}],
    )
    templates: dict[Annotated[str, by(access_values.template_type)], str] = Field(
        {},
        description="Bodies by content type; `$context.…` and `$stageVariables.…` are filled in.",
        examples=[{"application/json": '{"message": $context.error.messageString}'}],
    )
