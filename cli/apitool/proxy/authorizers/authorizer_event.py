"""What a Lambda authorizer is given. Keys, their order, and `{}` for what is empty: recorded by stackd
(rest_lambda_authorizers, September 2026). The ARN has verb and path of the request, not of the route.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apitool.proxy.event import event_context, function_headers

if TYPE_CHECKING:
    from apitool.proxy.passage import Passage
    from apitool.proxy.routing import Match


def token_event(passage: Passage, token: str) -> dict[str, Any]:
    return {"type": "TOKEN", "methodArn": passage.asked_arn, "authorizationToken": token}


def request_event(passage: Passage, route: Match) -> dict[str, Any]:
    """Everything but the body."""
    headers, every_header = function_headers(passage, route)
    query = passage.request.query
    return {
        "type": "REQUEST",
        "methodArn": passage.asked_arn,
        "resource": route.resource.path,
        "path": passage.path.path,
        "httpMethod": passage.request.method,
        "headers": headers,
        "multiValueHeaders": every_header,
        "queryStringParameters": {name: values[-1] for name, values in query.items()},
        "multiValueQueryStringParameters": query,
        "pathParameters": route.path_parameters,
        "stageVariables": passage.stage.variables,
        "requestContext": event_context(passage, route),
    }
