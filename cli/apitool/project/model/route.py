"""`[routes]`, one entry."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from apitool.project import values
from apitool.project.model.base import Section
from apitool.project.model.fields import GATEWAY_TIMEOUT_MS, HttpMethod, by


def written_out(value: object) -> object:
    """`"GET /orders" = "orders"` is short for `{ function = "orders" }`."""
    return {"function": value} if isinstance(value, str) else value


class RouteOptions(Section):
    """What a route says beside its method and path."""

    function: str = Field(description="The function that answers.", examples=["orders"])
    timeout_ms: int = Field(
        GATEWAY_TIMEOUT_MS,
        ge=50,
        le=GATEWAY_TIMEOUT_MS,
        description="Milliseconds the gateway waits for the function before it answers 504.",
    )
    operation_name: Annotated[str, by(values.operation_name)] | None = Field(
        None,
        description="`requestContext.operationName` of the event, unique in the API.",
        examples=["ListOrders"],
    )


class Route(RouteOptions):
    """One method of one resource. Written `"GET /orders" = "orders"`, or as a table when it has options."""

    method: HttpMethod
    path: str

    @property
    def key(self) -> str:
        """The route as the file writes it, e.g. `GET /orders/{orderId}`."""
        return f"{self.method} {self.path}"
