"""Who made an answer, and what it may have been for: from the answer and the declared route alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from apitool.logs.by_answer import of_answer
from apitool.logs.pasted import Pasted
from apitool.proxy.api import Integration, Method

URI = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/f/invocations"
PROXY = Method("GET", Integration("AWS_PROXY", URI, "POST"))
MAPPED = replace(PROXY, integration=Integration("AWS", URI, "POST"))
SERVICE = replace(
    PROXY,
    integration=Integration("AWS", "arn:aws:apigateway:eu-central-1:sqs:path/1/q", "POST", credentials="r"),
)
HTTP = replace(PROXY, integration=Integration("HTTP_PROXY", "https://example.com", "GET"))
INTERNAL = ("InternalServerErrorException", "Internal server error")
IDS = {"x-amzn-requestid": "0f1e2d3c-1111-4222-8333-444455556666", "x-amz-apigw-id": "abc="}


def verdict(status, error_type=None, message=None, method=PROXY, headers=IDS):
    typed = {"x-amzn-errortype": error_type} if error_type else {}
    answer = Pasted(status, {**headers, **typed}, message)
    return of_answer(answer, method, stage="prod", explain="apitool logs explain --stage prod")


@pytest.mark.parametrize(
    ("status", "error", "method", "words"),
    [
        (502, INTERNAL, PROXY, ["raised", "no proxy response"]),
        (502, INTERNAL, MAPPED, ["raised"]),
        (500, INTERNAL, PROXY, ["resource policy", "throttled", "isBase64Encoded"]),
        (500, INTERNAL, SERVICE, ["integration's role", "mapping template", "address"]),
        (504, ("InternalServerErrorException", "Endpoint request timed out"), PROXY, ["within"]),
        (504, ("InternalServerErrorException", "Endpoint request timed out"), HTTP, ["within", "reached"]),
        (
            504,
            ("InternalServerErrorException", "Network error communicating with endpoint"),
            HTTP,
            ["reached"],
        ),
        (
            403,
            ("MissingAuthenticationTokenException", "Missing Authentication Token"),
            None,
            ["No route has this method and path"],
        ),
        (
            403,
            ("MissingAuthenticationTokenException", "Missing Authentication Token"),
            PROXY,
            ["declared and not deployed"],
        ),
        (
            403,
            ("MissingAuthenticationTokenException", "Missing Authentication Token"),
            replace(PROXY, authorization="AWS_IAM"),
            ["signature", "declared and not deployed"],
        ),
        (403, ("ForbiddenException", "Forbidden"), PROXY, ["no deployed stage", "WAF"]),
        (
            403,
            ("ForbiddenException", "Forbidden"),
            replace(PROXY, api_key_required=True),
            ["no deployed stage", "API key", "WAF"],
        ),
        (403, ("AccessDeniedException", "User is not authorized"), PROXY, ["resource policy"]),
        (
            403,
            ("AccessDeniedException", "User is not authorized"),
            replace(PROXY, authorization="CUSTOM"),
            ["authorizer's policy", "resource policy"],
        ),
        (401, ("UnauthorizedException", "Unauthorized"), PROXY, ["refused the caller"]),
        (
            500,
            ("AuthorizerConfigurationException", None),
            replace(PROXY, authorization="CUSTOM"),
            ["could not be called", "can't use"],
        ),
        (429, ("TooManyRequestsException", "Too Many Requests"), PROXY, ["rate limit"]),
        (429, ("LimitExceededException", "Limit Exceeded"), PROXY, ["quota"]),
        (400, ("BadRequestException", "Invalid request body"), PROXY, ["model"]),
        (
            400,
            ("BadRequestException", "Missing required request parameters: [page]"),
            PROXY,
            ["[page]"],
        ),
        (
            418,
            INTERNAL,
            PROXY,
            [
                "within",
                "raised",
                "no proxy response",
                "resource policy",
                "throttled",
                "isBase64Encoded",
            ],
        ),
    ],
)
def test_what_the_gateway_says_leaves_these_causes(status, error, method, words):
    found = verdict(status, *error, method=method)
    assert found.made_by == "gateway"
    assert len(found.possible) == len(words), found.possible
    for word, cause in zip(words, found.possible, strict=True):
        assert word in cause
    assert found.next_step == f"apitool logs explain --stage prod {IDS['x-amzn-requestid']}"


@pytest.mark.parametrize(
    ("method", "words"),
    [
        (PROXY, "The function made this answer; the gateway passed it on"),
        (MAPPED, "The function made this answer; the gateway mapped it"),
        (SERVICE, "The service behind it made this answer; the gateway mapped it"),
        (HTTP, "An integration made this answer; the gateway passed it on"),
        (None, "though no declared route has this method and path"),
    ],
)
def test_without_an_error_type_the_integration_made_it(method, words):
    found = verdict(503, method=method)
    assert (found.made_by, words in found.what) == ("integration", True), found.what
    assert len(found.possible) == 1
    assert found.next_step is not None


def test_a_success_asks_for_nothing():
    found = verdict(200)
    assert (found.made_by, found.possible, found.next_step) == ("integration", (), None)


def test_without_ids_it_may_be_anybody():
    found = verdict(502, headers={"server": "nginx"})
    assert (found.made_by, len(found.possible), found.next_step) == ("unknown", 2, None)
