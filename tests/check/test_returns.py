"""What a handler visibly returns is judged where it stands; what the source hides is left alone."""

from __future__ import annotations

import ast
from textwrap import dedent, indent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitool.check.returns import broken_returns


def found(body: str, before: str = ""):
    source = f"{before}def handler(event, context):\n{indent(dedent(body), '    ')}"
    return [
        (each.finding.rule, each.line, each.column) for each in broken_returns(ast.parse(source), "handler")
    ]


@pytest.mark.parametrize(
    "body",
    [
        'return {"statusCode": 200, "body": json.dumps({"id": 1})}',
        'return {"statusCode": status, "headers": headers, "body": body}',
        'return respond(200, {"id": 1})',
        'return {"statusCode": 200, **more}',
        'answer = {"id": 1}\nanswer["statusCode"] = 200\nreturn answer',
        'answer = {"id": 1}\nanswer.clear()\nreturn answer',
        'answer = {"id": 1}\nfill(answer)\nreturn answer',
        'raise ValueError("never")',
        'yield {"id": 1}',
        'def inner():\n    return 5\nreturn {"statusCode": 200, "body": f"{inner()}"}',
    ],
)
def test_what_is_right_or_hidden_is_left_alone(body):
    assert found(body) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('return {"statusCode": 200, "body": {"id": 1}}', ("response.body-not-a-string", 2, 40)),
        ('return {"status": 200}', ("response.unknown-key", 2, 23)),
        ('return "hello"', ("response.not-an-object", 2, 12)),
        ("return [1, 2]", ("response.not-an-object", 2, 12)),
        ('return {"statusCode": "ok", "body": ""}', ("response.status-not-an-integer", 2, 27)),
        ('if event:\n    return\nreturn {"statusCode": 200}', ("response.not-an-object", 3, 9)),
        ('answer = {"statusCode": 200, "body": 5}\nreturn answer', ("response.body-not-a-string", 2, 42)),
        ("print(event)", ("response.not-an-object", 1, 1)),
        ('return {"statusCode": 200, "headers": {"X": {"deep": 1}}}', None),
    ],
)
def test_what_is_visibly_wrong_is_found_in_its_place(body, expected):
    seen = found(body)
    assert len(seen) == 1
    if expected is not None:
        assert seen == [expected]


def test_a_handler_that_speaks_the_shape_of_the_standard_integration_is_found():
    """Seed 001: behind AWS_PROXY, a plain document is a 502."""
    (rule, *_), *_rest = found('return {"orderId": "1", "item": "tea"}')
    assert rule == "response.unknown-key"


def test_a_decorator_may_change_what_is_returned():
    assert found('return {"id": 1}', before="@wrapped\n") == []


names = st.sampled_from(["statusCode", "body", "headers", "other"])
leaves = st.sampled_from(["1", "'x'", "None", "event", "f()", "json.dumps(x)", "-1", "f'{a}'", "True"])
expressions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.dictionaries(names, inner, max_size=3).map(
            lambda d: "{" + ",".join(f"{k!r}:{v}" for k, v in d.items()) + "}"
        ),
        st.lists(inner, max_size=3).map(lambda items: "[" + ",".join(items) + "]"),
    ),
    max_leaves=8,
)


@given(expressions)
def test_no_expression_is_too_much(expression):
    for _, line, column in found(f"return {expression}"):
        assert line == 2
        assert column >= 12
