"""`type: aws` to a function: templates in, patterns and templates out.

Recorded on AWS by LocalStack (`test_lambda_selection_patterns`, `test_lambda_aws_integration_*`,
`test_apigateway_header_remapping_aws`); what is not says so.
"""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.proxy.builders import (
    FUNCTION,
    PROXY,
    answer,
    custom,
    failed_with,
    header,
    invocation,
    logging,
    refusal,
    request,
    returned,
    stage,
)

from apitool.proxy.outcome import IntegrationTimeout, InvokeRefused, Returned

JSON = "application/json"
RECORDED_RESPONSES = {
    "": {"statusCode": "200"},
    "200": {"statusCode": "201"},
    ".*four hundred.*": {"statusCode": "405"},
    ".+": {"statusCode": "502"},
}


def templated(template: str, media_type: str = JSON, **more):
    return custom(requestTemplates={media_type: template}, **more)


def test_the_request_template_makes_the_payload():
    served = templated('{"param1": "$input.params(\'param1\')", "id": $input.json(\'$.id\')}')
    started = invocation(served, request("POST /dev/x?param1=foobar", body=b'{"id": [1, 2]}'))
    assert started.function_arn == FUNCTION
    assert started.payload == b'{"param1": "foobar", "id": [1,2]}'
    assert started.event == {"param1": "foobar", "id": [1, 2]}
    assert started.invocation_type == "RequestResponse"


def test_without_a_template_the_body_goes_through_and_none_is_an_empty_object():
    assert invocation(custom(), request("POST /dev/x", body=b'{"a":1}')).payload == b'{"a":1}'
    assert invocation(custom(), request()).payload == b"{}"


def test_a_payload_that_is_not_json_still_goes_to_the_function():
    started = invocation(templated("not json"))
    assert (started.payload, started.event) == (b"not json", None)


def test_what_the_function_returns_is_the_body_as_it_is():
    payload = b'{"statusCode": 400, "body": "no envelope here"}'
    given_answer = answer(Returned(payload, "id", 3), custom())
    assert (given_answer.status, given_answer.body) == (200, payload)
    assert header(given_answer, "Content-Type") == JSON
    assert (header(given_answer, "X-Amzn-Trace-Id") or "").startswith("Root=1-")


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (returned({"message": "success"}), 200),
        (returned("200"), 200),  # the pattern `200` is asked about errorMessage only
        (failed_with("error four hundred happened"), 405),
        (failed_with("anything"), 502),
        (returned({"errorMessage": "four hundred, politely returned"}), 405),
        (returned({"errorMessage": 5}), 200),
    ],
)
def test_patterns_are_matched_against_the_error_message(outcome, status):
    given_answer = answer(outcome, custom(responses=RECORDED_RESPONSES))
    assert given_answer.status == status
    assert given_answer.body == outcome.payload


PATTERNS = [("four", "404"), ("a.b", "409"), ("default", "200")]


def test_a_pattern_must_match_all_of_the_message_lines_included():
    responses = {
        "four": {"statusCode": "404"},
        "a.b": {"statusCode": "409"},
        "default": {"statusCode": "200"},
    }
    assert answer(failed_with("error four"), custom(responses=responses)).status == 200
    assert answer(failed_with("a\nb"), custom(responses=responses)).status == 409


def test_an_error_that_no_pattern_takes_goes_out_with_status_200():
    given_answer = answer(failed_with("boom"), custom())
    assert (given_answer.status, json.loads(given_answer.body)["errorMessage"]) == (200, "boom")


def test_without_a_default_an_answer_nothing_takes_is_a_500():
    served = custom(responses={"never": {"statusCode": "400"}}, extras={"settings": logging()})
    given_answer = answer(returned({}), served)
    assert given_answer.status == 500
    assert given_answer.verdict.rule == "integration.no-response"
    assert any("No match for output mapping and no default" in line for line in given_answer.execution_log)


def test_a_response_template_sees_the_answer_the_request_and_the_context():
    template = '{"got": $input.json(\'$.a\'), "asked": "$context.httpMethod $input.params(\'q\')"}'
    responses = {"default": {"statusCode": "201", "responseTemplates": {JSON: template}}}
    given_answer = answer(returned({"a": [True]}), custom(responses=responses), request("GET /dev/x?q=7"))
    assert (given_answer.status, given_answer.body) == (201, b'{"got": [true], "asked": "GET 7"}')


@pytest.mark.parametrize(
    ("accept", "media_type", "body"),
    [(None, JSON, b"j"), ("text/plain", "text/plain", b"t"), ("image/png", JSON, b"j")],
)
def test_the_accept_header_chooses_among_response_templates(accept, media_type, body):
    templates = {JSON: "j", "text/plain": "t"}
    served = custom(responses={"default": {"statusCode": "200", "responseTemplates": templates}})
    sent = request(accept=accept) if accept else request()
    given_answer = answer(returned({}), served, sent)
    assert (header(given_answer, "Content-Type"), given_answer.body) == (media_type, body)


def test_response_parameters_come_from_statics_headers_the_body_and_the_context():
    parameters = {
        "method.response.header.X-Static": "'fixed'",
        "method.response.header.X-Endpoint": "integration.response.header.content-type",
        "method.response.header.X-Body": "integration.response.body.items[1].name",
        "method.response.header.X-Context": "context.stage",
        "method.response.header.X-Nothing": "integration.response.body.none",
    }
    served = custom(responses={"default": {"statusCode": "200", "responseParameters": parameters}})
    given_answer = answer(returned({"items": [{}, {"name": "pin"}]}), served)
    found = {
        name: value for name, value in given_answer.headers if name.startswith("X-") and "Trace" not in name
    }
    assert found == {"X-Static": "fixed", "X-Endpoint": JSON, "X-Body": "pin", "X-Context": "dev"}


def test_request_parameters_override_nothing_they_do_not_find():
    # Seen through the log: Lambda takes no query, and headers are the gateway's own.
    template = "$input.params('a')|$input.params().header.get('X-A')|$input.params().querystring.a"
    started = invocation(templated(template), request("GET /dev/x?a=1&a=2", **{"X-A": "h"}))
    assert started.payload == b"2|h|2"


REMAPPED = [
    *("Authorization", "Connection", "Content-Length", "Content-MD5", "Date", "Expect", "Host"),
    *("Max-Forwards", "Proxy-Authenticate", "Server", "Trailer", "Upgrade", "User-Agent", "WWW-Authenticate"),
]
PASSED = ["Accept", "TE", "Via", "Warning", "Set-Cookie"]


@pytest.mark.parametrize("name", [*REMAPPED, *PASSED, "Transfer-Encoding"])
def test_mapped_response_headers_the_gateway_keeps_for_itself_are_renamed(name):
    parameters = {f"method.response.header.{name}": "'v'"}
    served = custom(responses={"default": {"statusCode": "200", "responseParameters": parameters}})
    given_answer = answer(returned({}), served)
    renamed = header(given_answer, f"x-amzn-Remapped-{name}")
    assert renamed == ("v" if name in REMAPPED else None)
    if name not in REMAPPED:
        assert header(given_answer, name) == ("v" if name in PASSED else None)


def test_overrides_set_in_either_template_hold():
    template = "#set($context.responseOverride.status = 418)#set($context.responseOverride.header.X-A = 'é')"
    responses = {"default": {"statusCode": "200", "responseTemplates": {JSON: template + "{}"}}}
    by_response = answer(returned({}), custom(responses=responses))
    by_request = answer(returned({}), templated(template + "{}"))
    for given_answer in (by_response, by_request):
        assert (given_answer.status, header(given_answer, "X-A")) == (418, "é")


@pytest.mark.parametrize("status", ["0", "99", "600", "'abc'", "true", "-5", "99999999999"])
def test_an_override_that_is_no_status_is_ignored(status):  # our strict guess
    template = f"#set($context.responseOverride.status = {status})"
    assert answer(returned({}), templated(template)).status == 200


@pytest.mark.parametrize(
    ("behaviour", "templates", "content_type", "status"),
    [
        ("WHEN_NO_MATCH", {JSON: "t"}, "text/plain", None),
        ("WHEN_NO_TEMPLATES", {JSON: "t"}, "text/plain", 415),
        ("WHEN_NO_TEMPLATES", {}, "text/plain", None),
        ("NEVER", {}, "text/plain", 415),
        ("NEVER", {JSON: "t"}, "application/json; charset=utf-8", None),
        ("NEVER", {JSON: "t"}, None, None),  # no Content-Type counts as JSON
        ("never", {"$default": "t"}, "text/plain", None),
    ],
)
def test_passthrough_behaviour_decides_about_bodies_without_a_template(
    behaviour, templates, content_type, status
):
    served = custom(passthroughBehavior=behaviour, requestTemplates=templates)
    sent = request("POST /dev/x", body=b"b", **({"content_type": content_type} if content_type else {}))
    if status is None:
        matched = "$default" in templates or (bool(templates) and content_type != "text/plain")
        assert invocation(served, sent).payload == (b"t" if matched else b"b")
        return
    given_answer = refusal(served, sent)
    assert (given_answer.status, given_answer.body) == (status, b'{"message":"Unsupported Media Type"}')
    assert given_answer.verdict.rule == "integration.unsupported-media-type"


def test_a_template_that_fails_is_a_500_naming_its_line():
    served = templated('{\n  "a": 1,\n  #if($x}\n}', extras={"settings": logging()})
    given_answer = refusal(served, request("POST /dev/x", body=b"{}"))
    finding = given_answer.verdict.finding
    assert given_answer.status == 500
    assert finding is not None
    assert (finding.rule, finding.recorded) == ("mapping.template", False)
    assert "line 3" in finding.what
    assert any("Unable to transform with the request template" in line for line in given_answer.execution_log)


def test_a_response_template_that_fails_is_a_500_too():
    responses = {"default": {"statusCode": "200", "responseTemplates": {JSON: "a\n$input.path('$[')"}}}
    given_answer = answer(returned({}), custom(responses=responses))
    assert given_answer.status == 500
    assert given_answer.verdict.finding is not None
    assert "line 2" in given_answer.verdict.finding.what


@pytest.mark.parametrize(
    "name", ["Authorization", "Connection", "Content-Length", "Expect", "Proxy-Authenticate", "TE"]
)
@pytest.mark.parametrize("kind", ["AWS", "AWS_PROXY"])
def test_a_mapped_request_header_lambda_signs_itself_fails_every_call(kind, name):
    parameters = {f"integration.request.header.{name}": "'v'"}
    given_answer = refusal(stage(integration={**PROXY, "type": kind, "requestParameters": parameters}))
    assert given_answer.status == 500


def test_a_mapped_invocation_type_runs_the_function_on_its_own():
    parameters = {"integration.request.header.X-Amz-Invocation-Type": "'Event'"}
    served = custom(requestParameters=parameters)
    assert invocation(served).invocation_type == "Event"
    given_answer = answer(returned({"late": 1}), served)
    assert (given_answer.status, given_answer.body) == (200, b"")
    assert answer(InvokeRefused("not-permitted", "id", 1), served).status == 500, "it did not even start"


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (IntegrationTimeout(29_000), 504),
        (InvokeRefused("throttled", "id", 1), 500),
        (InvokeRefused("not-permitted", "id", 1), 500),
        (InvokeRefused("not-found", "id", 1), 500),
    ],
)
def test_a_function_that_did_not_answer_is_no_matter_for_mapping(outcome, status):
    assert answer(outcome, custom(responses=RECORDED_RESPONSES)).status == status


def test_the_log_shows_the_template_at_work():
    served = templated('{"a": 1}', extras={"settings": logging(trace=True)})
    log = "\n".join(answer(returned({"b": 2}), served, request("POST /dev/x", body=b"in")).execution_log)
    for text in (
        "Method request body before transformations: in",
        'Endpoint request body after transformations: {"a": 1}',
        'Endpoint response body before transformations: {"b": 2}',
        'Method response body after transformations: {"b": 2}',
        "Successfully completed execution",
        "Method completed with status: 200",
    ):
        assert text in log


@pytest.mark.parametrize(
    ("handling", "binary", "sent", "payload"),
    [
        ("CONVERT_TO_TEXT", True, b"\x00\x01", b"AAE="),
        ("CONVERT_TO_BINARY", False, b"AAE=", b"\x00\x01"),
        (None, True, b"\x00\x01", b"\x00\x01"),
        (None, False, b"plain", b"plain"),
        ("CONVERT_TO_TEXT", False, b"plain", b"plain"),
    ],
)
def test_content_handling_converts_the_request(handling, binary, sent, payload):
    declared = {"contentHandling": handling} if handling else {}
    served = custom(extras={"binary": ("image/png",)}, **declared)
    started = invocation(
        served, request("POST /dev/x", body=sent, content_type="image/png" if binary else JSON)
    )
    assert started.payload == payload


@pytest.mark.parametrize("declared", [{"requestTemplates": {"image/png": "$input.body"}}, {}])
def test_bytes_meet_a_template_only_as_text(declared):
    served = custom(extras={"binary": ("image/png",)}, **declared)
    sent = request("POST /dev/x", body=b"\x89PNG", content_type="image/png")
    if not declared:
        assert invocation(served, sent).payload == b"\x89PNG"
        return
    given_answer = refusal(served, sent)
    assert (given_answer.status, given_answer.verdict.rule) == (500, "mapping.template")


def test_text_that_is_not_base64_can_not_become_binary():
    served = custom(contentHandling="CONVERT_TO_BINARY")
    given_answer = refusal(served, request("POST /dev/x", body=b"%%%"))
    assert (given_answer.status, given_answer.verdict.rule) == (500, "mapping.not-base64")


def test_a_client_that_accepts_bytes_gets_the_functions_base64_decoded():
    responses = {
        "default": {"statusCode": "200", "responseTemplates": {JSON: "$input.path('$.data')"}},
    }
    as_text = custom(responses=responses)
    assert answer(returned({"data": "AAE="}), as_text).body == b"AAE="
    converting = {"default": {"statusCode": "200", "contentHandling": "CONVERT_TO_BINARY"}}
    assert answer(Returned(b"AAE=", "id", 1), custom(responses=converting)).body == b"\x00\x01"
    given_answer = answer(Returned(b'"no"', "id", 1), custom(responses=converting))
    assert (given_answer.status, given_answer.verdict.rule) == (500, "mapping.not-base64")


@settings(deadline=None)
@given(
    template=st.text(max_size=40) | st.sampled_from(["$input.json('$')", "$input.path('$.a').b", "$util.x"]),
    body=st.binary(max_size=30) | st.sampled_from([b'{"a":[1,{"b":null}]}', b"[]", b'"x"']),
    payload=st.binary(max_size=30),
)
def test_any_template_body_and_answer_make_an_answer(template, body, payload):
    responses = {"default": {"statusCode": "200", "responseTemplates": {JSON: template}}}
    served = templated(template, responses=responses)
    sent = request("POST /dev/x", body=body)
    try:
        given_answer = answer(Returned(payload, "id", 1), served, sent)
    except AssertionError:
        given_answer = refusal(served, sent)  # the request template already failed
    assert given_answer.status in {200, 500}
    assert (given_answer.status == 500) is (given_answer.verdict.finding is not None)
