"""`[routes]`, one entry."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from apitool.project import values
from apitool.project.model.fields import HttpMethod, by
from apitool.project.model.integration import IntegrationOptions


def written_out(value: object) -> object:
    """`"GET /orders" = "orders"` is short for `{ function = "orders" }`."""
    return {"function": value} if isinstance(value, str) else value


class RouteOptions(IntegrationOptions):
    """What a route says beside its method and path."""

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
