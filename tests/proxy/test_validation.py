"""Bodies against models. Source: LocalStack's test_api_gateway_request_validator, …_with_ref_models and
…_with_ref_one_ofmodels (AWS, 2024)."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.proxy.builders import PROXY, answer, header, refusal, request, returned, stage

from apitool.proxy.json_schema import violation

NUMBERS = {
    "type": "object",
    "properties": {"a": {"type": "number"}, "b": {"type": "number"}},
    "required": ["a", "b"],
}
STATUS = {
    "type": "object",
    "properties": {"Status": {"type": "string"}, "Order": {"type": "integer"}},
    "required": ["Status", "Order"],
}
MODELS = {
    "testSchema": NUMBERS,
    "testSchemaList": {
        "type": "array",
        "items": {"$ref": "https://apigateway.amazonaws.com/restapis/abc/models/testSchema"},
    },
    "StatusModel": STATUS,
    "TestModel": {
        "type": "object",
        "properties": {"status": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/StatusModel"}]}},
        "required": ["status"],
    },
    "Endless": {"properties": {"next": {"$ref": "#/components/schemas/Endless"}}},
    "Loop": {"$ref": "#/components/schemas/Loop"},
}


def served(model: str, *, validates: bool = True):
    schema = {"$ref": f"#/components/schemas/{model}"}
    operation = {
        "requestBody": {"content": {"application/json": {"schema": schema}}},
        "x-amazon-apigateway-request-validator": "body",
        "x-amazon-apigateway-integration": PROXY,
    }
    return stage(
        "POST /x",
        paths={"/x": {"post": operation, "get": operation}},
        components={"schemas": MODELS},
        **{"x-amazon-apigateway-request-validators": {"body": {"validateRequestBody": validates}}},
    )


@pytest.mark.parametrize(
    ("model", "body"),
    [
        ("testSchema", b'{"test": "test"}'),
        ("testSchema", b""),
        ("testSchema", b"not json"),
        ("testSchema", b'{"a": 1, "b": "2"}'),
        ("testSchemaList", b""),
        ("testSchemaList", b'[{"a": 1, "b": 2}, {"a": 1}]'),
        ("TestModel", b""),
        ("TestModel", b'{"badFormat": "bla"}'),
        ("TestModel", b'{"status": {"Status": "x"}}'),
    ],
)
def test_a_body_that_breaks_its_model_is_a_400(model, body):
    given_answer = refusal(served(model), request("POST /dev/x", body=body))
    assert (given_answer.status, given_answer.body) == (400, b'{"message":"Invalid request body"}')
    assert header(given_answer, "x-amzn-ErrorType") == "BadRequestException"


@pytest.mark.parametrize(
    ("model", "body"),
    [
        ("testSchema", b'{"a": 1, "b": 2.5, "c": null}'),
        ("testSchemaList", b'[{"a": 1, "b": 2}]'),
        ("TestModel", b'{"status": null}'),
        ("TestModel", b'{"status": {"Status": "x", "Order": 1}}'),
    ],
)
def test_a_body_that_fits_reaches_the_function(model, body):
    sent = request("POST /dev/x", body=body, content_type="application/json")
    assert answer(returned({}), served(model), sent).status == 200


def test_a_get_without_a_body_is_validated_too():
    assert refusal(served("testSchema"), request("GET /dev/x")).status == 400


def test_nothing_is_validated_when_the_validator_does_not_ask_or_the_type_has_no_model():
    bad = request("POST /dev/x", body=b"x", content_type="text/plain")
    assert answer(returned({}), served("testSchema"), bad).status == 200
    assert answer(returned({}), served("testSchema", validates=False), request("POST /dev/x")).status == 200


def test_the_finding_says_where():
    given_answer = refusal(
        served("testSchemaList"), request("POST /dev/x", body=b'[{"a":1,"b":2},{"a":1,"b":"x"}]')
    )
    assert given_answer.verdict.finding is not None
    assert given_answer.verdict.finding.pointer == "/1/b"


@pytest.mark.parametrize(
    ("schema", "fitting", "breaking"),
    [
        ({"type": "integer"}, [0, -1], [True, 1.5, "1", None]),
        ({"type": ["string", "null"]}, ["", None], [0]),
        ({"type": "string", "nullable": True}, [None, "a"], [0]),
        ({"enum": ["a", 1]}, ["a", 1], ["b"]),
        ({"minLength": 2, "maxLength": 3}, ["ab", "abc", 7], ["a", "abcd"]),
        ({"pattern": "^a"}, ["ab"], ["ba"]),
        ({"pattern": "("}, ["anything"], []),
        ({"minimum": 1, "maximum": 2}, [1, 2, "x"], [0, 3]),
        ({"minimum": 1, "exclusiveMinimum": True}, [2], [1]),
        ({"maximum": 2, "exclusiveMaximum": True}, [1], [2]),
        ({"minItems": 1, "maxItems": 1}, [[1]], [[], [1, 2]]),
        ({"minProperties": 1}, [{"a": 1}], [{}]),
        ({"properties": {"a": {}}, "additionalProperties": False}, [{"a": 1}], [{"b": 1}]),
        ({"additionalProperties": {"type": "string"}}, [{"b": "x"}], [{"b": 1}]),
        ({"allOf": [{"minimum": 1}, {"maximum": 3}]}, [2], [0, 4]),
        ({"anyOf": [{"type": "string"}, {"minimum": 5}]}, ["x", 6], [1]),
        ({"oneOf": [{"minimum": 1}, {"minimum": 5}]}, [2], [0, 6]),
        ({"not": {"type": "string"}}, [1], ["x"]),
        ({"$ref": "#/definitions/testSchema"}, [{"a": 1, "b": 2}], [{}]),
        ({"$ref": "#/definitions/unknown"}, [1, None], []),
        ({"$ref": "#/components/schemas/Loop"}, [1], []),
        (True, [1], []),
    ],
    ids=str,
)
def test_keywords_of_draft_4(schema, fitting, breaking):
    assert [value for value in fitting if violation(value, schema, MODELS) is not None] == []
    assert [value for value in breaking if violation(value, schema, MODELS) is None] == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
KEYWORDS = st.sampled_from(
    ["type", "enum", "properties", "required", "items", "oneOf", "not", "$ref", "minimum", "pattern"]
)


@given(value=JSON, schema=st.dictionaries(KEYWORDS, JSON, max_size=4))
def test_a_strange_schema_never_breaks_the_gateway(value, schema):
    json.dumps(violation(value, schema, MODELS))
