"""The orders API: routes in, answers out.

The way of a request: `app` (transport) -> `orders.logic` (the rules) -> `orders.table` (DynamoDB). What goes
wrong is raised as an `orders.errors` type and becomes an answer in one place, at the end of this file.

Everything outside the handler runs once per execution environment, at its init: a wrong configuration fails
there, before the first request.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response
from aws_lambda_powertools.logging import correlation_paths

from orders import answers, logic, page, request_body
from orders.errors import MethodNotAllowedError, OrdersError
from orders.table import OrdersTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from aws_lambda_powertools.utilities.typing import LambdaContext

logger = Logger(service="orders")
api = APIGatewayRestResolver(strip_prefixes=[os.environ.get("BASE_PATH", "")])
table = OrdersTable.connect(os.environ["TABLE_NAME"])

# The seven methods API Gateway knows, and the ones each resource answers itself.
METHODS = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
COLLECTION = ("GET", "POST")
MEMBER = ("GET", "PUT", "DELETE")


@api.get("/orders")
def list_orders() -> Response[str]:
    found = logic.list_orders(table, page.query(api.current_event.query_string_parameters))
    return answers.ok(found.document())


@api.post("/orders")
def create_order() -> Response[str]:
    order = logic.create(table, request_body.fields(api.current_event))
    return answers.created(order.document(), location=f"{_request_path()}/{order.order_id}")


@api.get("/orders/<order_id>")
def read_order(order_id: str) -> Response[str]:
    return answers.ok(logic.read(table, _decoded(order_id)).document())


@api.put("/orders/<order_id>")
def update_order(order_id: str) -> Response[str]:
    changes = request_body.fields(api.current_event)
    return answers.ok(logic.update(table, _decoded(order_id), changes).document())


@api.delete("/orders/<order_id>")
def delete_order(order_id: str) -> Response[str]:
    logic.delete(table, _decoded(order_id))
    return answers.no_content()


def _other_methods(allowed: tuple[str, ...]) -> Callable[..., Response[str]]:
    """What a resource answers to methods it doesn't have.

    API Gateway sends these only through an `ANY` method or a `{proxy+}` resource.
    """

    def answer(**_: str) -> Response[str]:
        if api.current_event.http_method.upper() == "OPTIONS":
            return answers.preflight(allowed)
        raise MethodNotAllowedError(allowed)

    return answer


api.route("/orders", [m for m in METHODS if m not in COLLECTION])(_other_methods(COLLECTION))
api.route("/orders/<order_id>", [m for m in METHODS if m not in MEMBER])(_other_methods(MEMBER))


def _decoded(order_id: str) -> str:
    """API Gateway hands path parameters on as the client wrote them, percent-encoding included."""
    return unquote(order_id)


def _request_path() -> str:
    """The path the client asked for: with the stage, or with a custom domain's base path."""
    event = api.current_event
    return (event.request_context.get("path") or event.path).rstrip("/")


@api.not_found
def unknown_resource(_: Exception) -> Response[str]:
    return answers.error(404, "no such resource")


@api.exception_handler(OrdersError)  # type: ignore[untyped-decorator]  # powertools leaves it untyped
def refused(error: OrdersError) -> Response[str]:
    logger.info("refused", status=error.status, reason=error.message)
    return answers.error(error.status, error.message, error.headers)


@api.exception_handler(Exception)  # type: ignore[untyped-decorator]
def unexpected(_: Exception) -> Response[str]:
    logger.exception("unexpected error")  # noqa: LOG004 - the resolver calls this in its `except`
    return answers.error(500, "internal server error")


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_REST, clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    answer = api.resolve(event, context)
    logger.info("answered", method=event["httpMethod"], path=event["path"], status=answer["statusCode"])
    return answer
