"""A route as the value of one key of the variable `routes`: what the file says, and nothing it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from apitool.project.model import ResponseOptions, Route, Template

_PLAIN = (
    "function",
    "uri",
    "http_method",
    "credentials",
    "vpc_link",
    "timeout_ms",
    "operation_name",
    "passthrough_behavior",
    "content_handling",
)


def route_variable(route: Route, table_name: Callable[[str], str]) -> dict[str, object]:
    """As terraform/modules/rest_api/variables_routes.tf types it; its defaults are the model's.

    `table_name` says what a table is called on AWS.
    """
    return {
        **{name: getattr(route, name) for name in _PLAIN if getattr(route, name) is not None},
        **({} if route.integration == "AWS_PROXY" else {"integration": route.integration}),
        **({"invocation_type": "Event"} if route.invocation_type == "Event" else {}),
        **({"request_parameters": dict(route.request_parameters)} if route.request_parameters else {}),
        **({"request_templates": _texts(route.request_templates)} if route.request_templates else {}),
        **(
            {"statements": [each.model_dump(mode="json") for each in route.statements]}
            if route.statements
            else {}
        ),
        **({"tables": [table_name(each) for each in route.tables]} if route.tables else {}),
        **({"responses": [_response(each) for each in route.responses]} if route.responses else {}),
    }


def _response(response: ResponseOptions) -> dict[str, object]:
    return {
        "status": response.status,
        "pattern": response.pattern,
        "headers": dict(response.headers),
        "templates": _texts(response.templates),
        "content_handling": response.content_handling,
    }


def _texts(templates: dict[str, Template]) -> dict[str, str]:
    return {name: template.text or "" for name, template in templates.items()}
