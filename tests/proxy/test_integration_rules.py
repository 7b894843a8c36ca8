"""Lambda URIs and what PutIntegration refuses. Source: LocalStack's test_put_integration_aws_proxy_uri and
test_put_integration_validation (AWS, 2024-2025)."""

from __future__ import annotations

import pytest
from tests.proxy.builders import FUNCTION, PROXY, URI, invocation, refusal, stage

from apitool.proxy.api import Integration
from apitool.proxy.integrations.integration_rules import declaration_problem, function_arn
from apitool.proxy.method_settings import StageSettings

ONLY_LAMBDA = (
    "Integrations of type 'AWS_PROXY' currently only supports "
    "Lambda function and Firehose stream invocations."
)
HEAD = "arn:aws:apigateway:us-east-1"


@pytest.mark.parametrize(
    ("uri", "variables", "arn"),
    [
        (URI, {}, FUNCTION),
        (URI.replace("orders/", "orders:live/"), {}, f"{FUNCTION}:live"),
        (URI.replace("orders/", "${stageVariables.fn}/"), {"fn": "orders"}, FUNCTION),
        (URI.replace("orders/", "orders:${stageVariables.alias}/"), {"alias": "v1"}, f"{FUNCTION}:v1"),
        (URI.replace("orders/", "${stageVariables.fn}/"), {}, None),
        (URI.replace("aws:", "aws-cn:", 1), {}, FUNCTION),
        ("https://example.com", {}, None),
        ("", {}, None),
    ],
)
def test_the_function_of_a_uri(uri, variables, arn):
    assert function_arn(uri, variables) == arn


def test_a_stage_variable_chooses_the_function():
    integration = {**PROXY, "uri": URI.replace("orders/", "${stageVariables.fn}/")}
    served = stage(integration=integration, settings=StageSettings(variables={"fn": "other"}))
    assert invocation(served).function_arn.endswith(":other")
    assert refusal(stage(integration=integration)).verdict.rule == "integration.no-function-in-uri"


@pytest.mark.parametrize(
    ("uri", "text"),
    [
        (FUNCTION, "AWS ARN for integration must contain path or action"),
        (
            f"{HEAD}:lambda:test/2015-03-31/functions/{FUNCTION}/invocations",
            "AWS ARN for integration must contain path or action",
        ),
        (
            f"{HEAD}:s3:path/b/k",
            ONLY_LAMBDA,
        ),
        ("non-valid-arn", "Invalid ARN specified in the request"),
        (URI, None),
        (f"{HEAD}:firehose:action/PutRecord", None),
    ],
)
def test_put_integration_refuses_in_awss_words(uri, text):
    assert declaration_problem(Integration("AWS_PROXY", uri=uri, http_method="POST")) == text
