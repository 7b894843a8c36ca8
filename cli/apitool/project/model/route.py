"""`[routes]`, one entry."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from apitool.project import values
from apitool.project.model.fields import (
    CacheKeyParameters,
    HttpMethod,
    RequiredParameters,
    Scopes,
    Validator,
    by,
)
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
    authorizer: str | None = Field(
        None,
        description="The authorizer that lets callers in; `none` lets all in. Default: that of `[api]`.",
        examples=["staff"],
    )
    scopes: Scopes | None = Field(
        None,
        description="Scopes, one of which the caller's token has. Default: those of the authorizer.",
        examples=[["orders/read"]],
    )
    api_key: bool | None = Field(
        None, description="Ask for an API key. Default: that of `[api]`.", examples=[True]
    )
    validator: Validator | None = Field(
        None,
        description="What is checked before the function is called. Default: that of `[api]`.",
        examples=["all"],
    )
    model: str | None = Field(
        None, description="The model a JSON body has to fit, for `validator`.", examples=["Order"]
    )
    required_parameters: RequiredParameters = Field(
        (),
        description="Parameters that have to be sent, for `validator`.",
        examples=[["method.request.querystring.page"]],
    )
    cache_key_parameters: CacheKeyParameters = Field(
        (),
        description="Parameters that answers are kept by, in a stage with a cache. Default: one for all.",
        examples=[["method.request.querystring.page"]],
    )


class Route(RouteOptions):
    """One method of one resource. Written `"GET /orders" = "orders"`, or as a table when it has options."""

    method: HttpMethod
    path: str

    @property
    def key(self) -> str:
        """The route as the file writes it, e.g. `GET /orders/{orderId}`."""
        return f"{self.method} {self.path}"
