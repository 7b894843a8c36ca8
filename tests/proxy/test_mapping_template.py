"""`$input`, `$util` and `$context` of mapping templates, through whole requests.

Recorded on AWS: LocalStack's test_input_body_formatting, test_integration_mock_with_* (2024, 2025),
test_invoking_canary_deployment; the rest is AWS's documentation."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.proxy.builders import MOCK, refusal, request, stage

from apitool.proxy.mapping.template import nested
from apitool.proxy.mapping.util_object import escape_javascript
from apitool.proxy.method_settings import StageSettings


def mock(response: str = "", status_template: str = "", **extras) -> dict:
    """A MOCK whose request template runs `status_template` and whose answer is `response`."""
    templates = {"application/json": response} if response else {}
    return {
        **MOCK,
        "requestTemplates": {"application/json": f'{status_template}{{"statusCode": 200}}'},
        "responses": {"default": {"statusCode": "200", "responseTemplates": templates}},
        **extras,
    }


def body_sent(template: str, body: bytes) -> str:
    """What a request template makes of a body; shown through `$context.requestOverride`."""
    keep = f'#define($text){template}#end#set($context.requestOverride.header.kept = "$text")'
    integration = mock("$context.requestOverride.header.kept", keep)
    return refusal(stage(integration=integration), request("POST /dev/x", body=body)).body.decode()


@pytest.mark.parametrize(
    ("template", "empty", "as_json", "text"),
    [
        ("$input.body", "{}", '{"some": "value"}', "some raw data"),
        (
            "Body=$input.body",
            "Body={}",
            'Body={"some": "value"}',
            "Body=some raw data",
        ),
        ("[$input.body.testAccess]", "[]", "[]", "[]"),
        (
            "$util.urlEncode($input.body)&$util.urlEncode($input.body.testAccess)",
            "%7B%7D&",
            "%7B%22some%22%3A+%22value%22%7D&",
            "some+raw+data&",
        ),
        ("$input.json('$.some')", '""', '"value"', '""'),
        ("$input.json('$')", "{}", '{"some":"value"}', '""'),
        ("$input.path('$.some')", "", "value", ""),
    ],
)
def test_bodies_as_recorded(template, empty, as_json, text):
    for body, printed in ((b"", empty), (b'{"some": "value"}', as_json), (b"some raw data", text)):
        assert body_sent(template, body) == printed


def printed(template: str, line: str = "GET /dev/x?q=1&q=2", **headers: str) -> str:
    served = stage("GET /{id}", integration=mock(template), settings=StageSettings(variables={"v": "1"}))
    given_answer = refusal(served, request(line, **headers))
    assert given_answer.status == 200, given_answer.verdict
    return given_answer.body.decode()


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("$input.params('id') $input.params('q') [$input.params('none')]", "x 2 []"),
        ("$input.params().path.id $input.params().querystring.q", "x 2"),
        ("$input.params('X-Own') $input.params('x-own') $input.params().header['X-Own']", "h h h"),
        ("#foreach($t in $input.params().keySet())$t #end", "path querystring header "),
        ("$stageVariables.v [$stageVariables.none]", "1 []"),
        ("$context.httpMethod $context.resourcePath $context.stage", "GET /{id} dev"),
        ("$context.identity.sourceIp [$context.identity.user]", "198.51.100.7 []"),
        ("$util.base64Encode('a€') $util.base64Decode('YeKCrA==')", "YeKCrA== a€"),
        ("$util.urlEncode('x=a+b c') $util.urlDecode('x%3Da+b')", "x%3Da%2Bb+c x=a b"),
        ('$util.parseJson(\'{"a": [1, {"b": 2}]}\').a[1].b', "2"),
        ('$util.escapeJavaScript("it\'s ""x""")', 'it\\\'s \\"x\\"'),
        ("[$util.escapeJavaScript($missing)][$util.nothing('x')][$util.x]", "[][][]"),
    ],
)
def test_variables_of_the_request(template, text):
    assert printed(template, X_Own="h") == text


def test_headers_are_those_of_the_event():
    # dropped ones: LocalStack's header remapping; added ones: a public passthrough event (2021)
    template = "#foreach($n in $input.params().header.keySet())$n #end[$input.params('Connection')]"
    names = printed(template, connection="close", content_length="0", te="trailers", x_own="h")
    assert names == "Host X-Amzn-Trace-Id X-Forwarded-For X-Forwarded-Port X-Forwarded-Proto x-own []"


def test_escape_javascript_leaves_ascii_only():
    assert escape_javascript("a/\n\té\u20ac\U0001f40d\x01") == "a\\/\\n\\t\\u00E9\\u20AC\\uD83D\\uDC0D\\u0001"


@given(text=st.text(alphabet=st.characters(exclude_characters="'")))
def test_escaped_text_is_json_as_long_as_it_has_no_single_quote(text):
    assert json.loads(f'"{escape_javascript(text)}"') == text


@pytest.mark.parametrize(("message", "said"), [("path1", "one"), ("path2", "two"), ("whatever", "else")])
def test_what_a_request_template_sets_reaches_the_response_template(message, said):
    keep = (
        "#set($body = $util.base64Decode($input.params('testPath')))\n"
        "#set($context.requestOverride.path.body = $body)\n"
    )
    response = (
        "\n#set($body = $util.parseJson($context.requestOverride.path.body))\n"
        "#set($inputBody = $body.message)\n"
        '#if($inputBody == "path1")\none\n#elseif($inputBody == "path2")\ntwo\n#else\nelse\n#end\n'
    )
    served = stage("GET /{testPath}", integration=mock(response, keep))
    path = base64.b64encode(json.dumps({"message": message}).encode()).decode()
    assert refusal(served, request(f"GET /dev/{path}")).body.decode().strip() == said


OVERRIDES = (
    "#set($context.responseOverride.status = 444)\n"
    '#set($context.responseOverride.header.foo = "bar")\n'
    '#set($context.responseOverride.custom = "is also passed around")\n'
)


def test_a_request_template_overrides_the_answer():
    response = '{"s": "$context.responseOverride.status", "c": "$context.responseOverride.custom"}'
    given_answer = refusal(stage(integration=mock(response, OVERRIDES)))
    assert given_answer.status == 444
    assert ("foo", "bar") in given_answer.headers
    assert json.loads(given_answer.body) == {"s": "444", "c": "is also passed around"}
    plain = refusal(stage(integration=mock("", OVERRIDES)))
    assert (plain.status, plain.body) == (444, b"")


@pytest.mark.parametrize("status", ["'x'", "99", "600", "true", "$missing"])
def test_a_status_that_is_none_overrides_nothing(status):
    keep = f"#set($context.responseOverride.status = {status})"
    assert refusal(stage(integration=mock("", keep))).status == 200


def test_maps_take_names_in_brackets_and_put():
    keep = (
        '#set($p = "foo")\n#set($context.requestOverride.querystring[$p] = "bar")\n'
        '#set($q = "putfoo")\n$context.requestOverride.querystring.put($q, "putBar")\n'
        '#set($context["requestOverride"].querystring["nestedfoo"] = "nestedFoo")\n'
    )
    names = ("foo", "putfoo", "nestedfoo")
    response = " ".join(f'$context.requestOverride.querystring["{name}"]' for name in names)
    assert refusal(stage(integration=mock(response, keep))).body == b"bar putBar nestedFoo"


def test_canary_and_default_are_told_apart_by_their_variables():
    settings_ = StageSettings(
        variables={"testVar": "default", "defaultVar": "default"},
        canary={
            "stageVariableOverrides": {"testVar": "canary", "noStageVar": "canary"},
        },
    )
    template = (
        "$stageVariables.testVar $stageVariables.defaultVar [$stageVariables.noStageVar] "
        "$context.isCanaryRequest"
    )
    both = [
        refusal(stage(integration=mock(template), settings=settings_, serves_canary=canary)).body
        for canary in (False, True)
    ]
    assert both == [b"default default [] false", b"canary default [canary] true"]


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("\n\n#if($x", 3),
        ("$input.json('$[')", 1),
        ("\n$util.parseJson('{')", 2),
        ("$util.urlEncode(1, 2)", 1),
    ],
)
def test_a_template_that_fails_is_a_500_that_names_its_line(template, line):
    given_answer = refusal(stage(integration=mock(template)))
    assert given_answer.status == 500
    assert given_answer.verdict.rule == "mapping.template"
    assert given_answer.verdict.finding is not None
    assert f"line {line}:" in given_answer.verdict.finding.what
    assert any(f"line {line}:" in entry.text for entry in given_answer.lines)
    assert not given_answer.verdict.recorded


def test_a_name_below_a_value_is_left_out():
    assert nested({"a": "1", "a.b": "2", "c.d.e": "3"}) == {"a": "1", "c": {"d": {"e": "3"}}}


@settings(deadline=None)
@given(
    template=st.text(max_size=40) | st.sampled_from(["$input.json('$')", "$input.path('$')", "$input"]),
    body=st.binary(max_size=30) | st.sampled_from([b"[[", b'{"a":[1,{"b":null}]}', b"[" * 5000]),
)
def test_any_template_and_any_body_get_an_answer(template, body):
    given_answer = refusal(stage(integration=mock(template, "")), request("POST /dev/x", body=body))
    assert given_answer.status in {200, 500}
