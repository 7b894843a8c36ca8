"""The gateway's own answers and their customisation. Sources: stackd's captures before deployment, of
unsigned and token-less requests (AWS, September 2026); LocalStack's TestApigatewayRouting,
TestApiGatewayGatewayResponse.
"""

from __future__ import annotations

import json

import pytest
from tests.proxy.builders import PROXY, answer, header, invocation, refusal, request, returned, stage

from apitool.proxy.gateway_response import STANDARD, default_body
from apitool.proxy.method_settings import StageSettings
from apitool.proxy.outcome import FunctionError, IntegrationTimeout
from apitool.proxy.throttle import Throttle

CORS = {"gatewayresponse.header.Access-Control-Allow-Origin": "'*'"}


def secured(scheme: dict, **operation) -> dict:
    """Extras of a document whose one route asks for a scheme."""
    method = {"security": [{"scheme": []}], "x-amazon-apigateway-integration": PROXY, **operation}
    return {
        "paths": {"/x": {"get": method}},
        "components": {"securitySchemes": {"scheme": scheme}},
    }


IAM = {"type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "awsSigv4"}
COGNITO = {
    "type": "apiKey",
    "name": "Authorization",
    "in": "header",
    "x-amazon-apigateway-authtype": "cognito_user_pools",
    "x-amazon-apigateway-authorizer": {"type": "cognito_user_pools"},
}
CUSTOM = {**COGNITO, "name": "X-Token", "x-amazon-apigateway-authtype": "custom"}
API_KEY = {"type": "apiKey", "name": "x-api-key", "in": "header"}


@pytest.mark.parametrize(
    ("extras", "status", "message", "error_type", "length"),
    [
        (secured(IAM), 403, "Missing Authentication Token", "MissingAuthenticationTokenException", 42),
        (secured(COGNITO), 401, "Unauthorized", "UnauthorizedException", 26),
        (secured(CUSTOM), 401, "Unauthorized", "UnauthorizedException", 26),
        (secured(API_KEY), 403, "Forbidden", "ForbiddenException", 23),
    ],
)
def test_a_missing_credential_is_turned_away_as_recorded(extras, status, message, error_type, length):
    given = refusal(stage("GET /x", **extras))
    assert (given.status, given.body) == (
        status,
        json.dumps({"message": message}).replace(": ", ":").encode(),
    )
    assert header(given, "x-amzn-ErrorType") == error_type
    assert header(given, "Content-Length") == str(length)
    assert header(given, "X-Amzn-Trace-Id") is None


@pytest.mark.parametrize(
    ("extras", "name"),
    [(secured(COGNITO), "Authorization"), (secured(CUSTOM), "X-Token"), (secured(API_KEY), "X-API-Key")],
)
def test_a_credential_that_is_there_lets_the_request_through(extras, name):
    assert answer(returned({}), stage("GET /x", **extras), request(**{name: "value"})).status == 200


def test_an_unknown_route_is_a_403_with_the_routes_that_exist():
    given = refusal(stage("GET /orders", "POST /orders"), request("DELETE /dev/orders"))
    assert (given.status, given.body) == (403, b'{"message":"Missing Authentication Token"}')
    assert header(given, "x-amzn-ErrorType") == "MissingAuthenticationTokenException"
    assert given.verdict.finding is not None
    assert "GET /orders, POST /orders" in given.verdict.finding.what
    assert given.resource_path is None


def test_a_stage_that_is_not_deployed_is_forbidden():
    given = refusal(None, request("GET /dev/echo"))
    assert (given.status, given.body) == (403, b'{"message":"Forbidden"}')
    assert header(given, "x-amzn-ErrorType") == "ForbiddenException"
    assert header(given, "Content-Length") == "23"
    assert given.execution_log == ()
    assert given.access_log is None


def test_a_throttled_request_is_a_429():
    entry = {"throttlingRateLimit": 1.0, "throttlingBurstLimit": 1}
    served = stage(settings=StageSettings(method_settings={"*/*": entry}))
    throttle = Throttle()
    assert invocation(served, throttle=throttle)
    given = refusal(served, throttle=throttle)
    assert (given.status, given.body) == (429, b'{"message":"Too Many Requests"}')
    assert header(given, "x-amzn-ErrorType") == "TooManyRequestsException"


@pytest.mark.parametrize(
    ("parameters", "line", "sent", "missing"),
    [
        (("header", "query"), "GET /dev/x?qs1=test", {}, "x-header-param"),
        (("header", "query"), "GET /dev/x", {"x_header_param": "test"}, "qs1"),
        (("query", "path", "header"), "GET /dev/x", {}, "x-header-param, issuer, qs1"),
    ],
)
def test_missing_parameters_are_listed_header_path_query(parameters, line, sent, missing):
    known = {"header": "x-header-param", "query": "qs1", "path": "issuer"}
    operation = {
        "parameters": [{"in": place, "name": known[place], "required": True} for place in parameters],
        "x-amazon-apigateway-request-validator": "all",
        "x-amazon-apigateway-integration": PROXY,
    }
    validators = {"all": {"validateRequestParameters": True, "validateRequestBody": False}}
    extras = {"paths": {"/x": {"get": operation}}, "x-amazon-apigateway-request-validators": validators}
    given = refusal(stage("GET /x", **extras), request(line, **sent))
    assert given.status == 400
    assert json.loads(given.body) == {"message": f"Missing required request parameters: [{missing}]"}
    unvalidated = {"paths": {"/x": {"get": {**operation, "x-amazon-apigateway-request-validator": "none"}}}}
    assert answer(returned({}), stage("GET /x", **unvalidated), request(line, **sent)).status == 200


def customised(**responses: dict):
    return stage("GET /x", **{"x-amazon-apigateway-gateway-responses": responses})


def test_cors_headers_can_be_put_on_every_error():
    served = customised(DEFAULT_4XX={"responseParameters": CORS}, DEFAULT_5XX={"responseParameters": CORS})
    for given in (
        refusal(served, request("GET /dev/nowhere")),
        answer(returned("malformed"), served),
        answer(FunctionError("E", "m", "id", 1), served),
        answer(IntegrationTimeout(29_000), served),
    ):
        assert header(given, "Access-Control-Allow-Origin") == "*"
        assert header(given, "x-amzn-ErrorType") is not None
    assert header(answer(returned({}), served), "Access-Control-Allow-Origin") is None


def test_customising_headers_keeps_status_and_body():
    served = customised(DEFAULT_5XX={"responseParameters": CORS})
    timeout, malformed = answer(IntegrationTimeout(29_000), served), answer(returned("x"), served)
    assert (timeout.status, malformed.status) == (504, 502)
    assert malformed.body == b'{"message": "Internal server error"}'


def test_a_types_own_customisation_wins_over_the_default():
    served = customised(DEFAULT_4XX={"statusCode": "418"}, MISSING_AUTHENTICATION_TOKEN={"statusCode": "404"})
    assert refusal(served, request("GET /dev/nowhere")).status == 404


def test_templates_and_parameters_see_the_error_and_the_request():
    names = {"type": "error.responseType", "path": "path"}
    members = ", ".join(f'"{key}": "$context.{name}"' for key, name in names.items())
    template = f'{{"message": $context.error.messageString, {members}}}'
    parameters = {
        "gatewayresponse.header.x-request-header": "method.request.header.Accept",
        "gatewayresponse.header.x-request-query": "method.request.querystring.q",
        "gatewayresponse.header.x-id": "context.requestId",
        "gatewayresponse.header.x-variable": "stageVariables.none",
        "gatewayresponse.header.Content-Type": "'application/problem+json'",
    }
    served = customised(
        MISSING_AUTHENTICATION_TOKEN={
            "statusCode": 404,
            "responseParameters": parameters,
            "responseTemplates": {"application/json": template},
        }
    )
    given = refusal(served, request("GET /dev/nowhere?q=1&q=2", accept="text/html"))
    assert given.status == 404
    assert json.loads(given.body) == {
        "message": "Missing Authentication Token",
        "type": "MISSING_AUTHENTICATION_TOKEN",
        "path": "/dev/nowhere",
    }
    assert header(given, "x-request-header") == "text/html"
    assert header(given, "x-request-query") == "2"
    assert header(given, "x-id") == header(given, "x-amzn-RequestId")
    assert header(given, "x-variable") is None
    assert header(given, "Content-Type") == "application/problem+json"
    assert header(given, "Content-Length") == str(len(given.body))


@pytest.mark.parametrize(
    ("response_type", "length"),
    [
        ("INTEGRATION_FAILURE", 36),
        ("INTEGRATION_TIMEOUT", 41),
        ("MISSING_AUTHENTICATION_TOKEN", 42),
        ("UNAUTHORIZED", 26),
        ("INVALID_API_KEY", 23),
    ],
)
def test_default_bodies_have_the_recorded_length(response_type, length):
    standard = STANDARD[response_type]
    assert len(default_body(standard.status, standard.message)) == length


@pytest.mark.parametrize(
    "name", ["content-length", "Transfer-Encoding", "authorization", "connection", "expect", "TE"]
)
def test_mapping_a_poisonous_header_fails_every_call(name):
    mapping = {f"integration.request.header.{name}": "'x'"}
    given = refusal(stage(integration={**PROXY, "requestParameters": mapping}))
    assert (given.status, given.body) == (500, b'{"message": "Internal server error"}')
    assert header(given, "x-amzn-ErrorType") == "InternalServerErrorException"
    assert header(given, "Content-Length") == "36"
    assert header(given, "X-Amzn-Trace-Id") is None


def test_other_mapped_headers_are_ignored():
    mapping = {"integration.request.header.x-mine": "'x'"}
    given = answer(returned({}), stage(integration={**PROXY, "requestParameters": mapping}))
    assert given.status == 200


def test_an_integration_that_does_not_post_fails_every_call():
    given = refusal(stage(integration={**PROXY, "httpMethod": "GET"}))
    assert given.status == 500
    assert given.verdict.rule == "integration.method-not-post"
    assert given.verdict.recorded
