"""MOCK integrations: CORS preflight, fixed answers, and what is refused instead of guessed.
Source of the missing trace header: LocalStack's test_invocation_trace_id (AWS, 2024)."""

from __future__ import annotations

import pytest
from tests.proxy.builders import MOCK, header, refusal, request, stage

PREFLIGHT = {
    "type": "mock",
    "requestTemplates": {"application/json": "{ statusCode: 204 }"},
    "responses": {
        "default": {
            "statusCode": "204",
            "responseParameters": {
                "method.response.header.Access-Control-Allow-Origin": "'*'",
                "method.response.header.Access-Control-Allow-Methods": "'GET,OPTIONS'",
                "method.response.header.Access-Control-Allow-Headers": "'Content-Type,Authorization'",
                "method.response.header.Access-Control-Max-Age": "'600'",
            },
        }
    },
}


def mock(**changes) -> dict:
    return {**MOCK, **changes}


def test_a_preflight_is_answered_without_a_function():
    given = refusal(stage("OPTIONS /orders", integration=PREFLIGHT), request("OPTIONS /dev/orders"))
    assert (given.status, given.body) == (204, b"")
    assert given.verdict.accepted
    assert [pair for pair in given.headers if pair[0].startswith("Access-Control")] == [
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Allow-Methods", "GET,OPTIONS"),
        ("Access-Control-Allow-Headers", "Content-Type,Authorization"),
        ("Access-Control-Max-Age", "600"),
    ]
    assert header(given, "Content-Length") is None  # RFC 9110: a 204 has none


def test_a_mock_sends_no_trace_id():
    trace = "Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1"
    given = refusal(stage(integration=MOCK), request(x_amzn_trace_id=trace))
    assert given.status == 200
    assert header(given, "X-Amzn-Trace-Id") is None
    assert header(given, "Content-Type") == "application/json"


@pytest.mark.parametrize(
    "template",
    ['{"statusCode": 201}', "{statusCode:201}", "{'statusCode': 201}", '{\n  "statusCode" : "201"\n}'],
)
def test_the_request_template_gives_the_status_in_any_common_spelling(template):
    responses = {
        "default": {"statusCode": "500"},
        "201": {"statusCode": "201"},
    }
    integration = mock(requestTemplates={"application/json": template}, responses=responses)
    assert refusal(stage(integration=integration)).status == 201


def test_a_pattern_selects_the_response_and_the_default_takes_the_rest():
    responses = {r"4\d{2}": {"statusCode": "418"}, "default": {"statusCode": "200"}, "[": {"statusCode": 1}}
    teapot = mock(requestTemplates={"application/json": '{"statusCode": 404}'}, responses=responses)
    plain = mock(responses=responses)
    assert refusal(stage(integration=teapot)).status == 418
    assert refusal(stage(integration=plain)).status == 200


def test_a_template_may_name_context_and_stage_variables():
    template = '{"path": "$context.resourcePath", "none": "$stageVariables.none"}'
    responses = {"default": {"statusCode": "200", "responseTemplates": {"application/json": template}}}
    given = refusal(stage(integration=mock(responses=responses)))
    assert given.body == b'{"path": "/{proxy+}", "none": ""}'


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"requestTemplates": {}}, "mock.no-status-code"),
        ({"requestTemplates": {"text/plain": '{"statusCode": 200}'}}, "mock.no-status-code"),
        ({"responses": {}}, "integration.no-response"),
        ({"responses": {"404": {"statusCode": "404"}}}, "integration.no-response"),
        (
            {"responses": {"default": {"responseTemplates": {"application/json": "\n#if($a"}}}},
            "mapping.template",
        ),
        ({"requestTemplates": {"application/json": "#foreach"}}, "mapping.template"),
    ],
)
def test_what_can_not_be_answered_is_a_500_that_says_why(changes, rule):
    given = refusal(stage(integration=mock(**changes)))
    assert given.status == 500
    assert given.verdict.rule == rule
    assert not given.verdict.recorded


@pytest.mark.parametrize("behaviour", ["NEVER", "WHEN_NO_MATCH", "WHEN_NO_TEMPLATES"])
def test_a_matching_template_is_used_whatever_passthrough_says(behaviour):
    template = '{"statusCode": 200, "id": $input.params().path.id}'
    responses = {
        "default": {"statusCode": "200", "responseTemplates": {"application/json": "$input.params('id')"}}
    }
    declared = mock(
        passthroughBehavior=behaviour, requestTemplates={"application/json": template}, responses=responses
    )
    given = refusal(stage("GET /{id}", integration=declared), request("GET /dev/42"))
    assert (given.status, given.body) == (200, b"42")


def test_a_template_chooses_the_status_by_what_was_asked():
    template = """
        #if( $input.params('mode') == 'fail' ) {"statusCode": 404}
        #elseif( $input.path('$.n') > 3 ) {"statusCode": 413}
        #else {"statusCode": 200} #end
    """
    responses = {status: {"statusCode": status} for status in ("404", "413")}
    responses["default"] = {"statusCode": "200"}
    served = stage(integration=mock(requestTemplates={"application/json": template}, responses=responses))
    assert refusal(served, request("GET /dev/x?mode=fail")).status == 404
    assert refusal(served, request("POST /dev/x", body=b'{"n": 4}')).status == 413
    assert refusal(served, request("POST /dev/x", body=b'{"n": 3}')).status == 200


def test_what_the_request_template_overrides_reaches_the_response():  # recorded, LocalStack
    template = "#set($context.responseOverride.status = 202)"
    template += "#set($context.responseOverride.header.X-Step = 'request'){\"statusCode\": 200}"
    given = refusal(stage(integration=mock(requestTemplates={"application/json": template})))
    assert (given.status, header(given, "X-Step")) == (202, "request")


def test_an_integration_type_that_is_not_served_says_so():
    http = {"type": "HTTP_PROXY", "httpMethod": "GET", "uri": "https://example.com"}
    given = refusal(stage(integration=http))
    assert given.status == 500
    assert given.verdict.rule == "integration.not-served"
    assert given.verdict.finding is not None
    assert given.verdict.finding.seen == "integration type HTTP_PROXY"
