"""JSONPath as templates use it: Jayway's rules for what is one thing and what is a list."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitool.proxy.mapping.jsonpath import MISSING, PathError, find

BODY = {
    "a": {"b": [10, 20, 30], "c-d": "dash", "e f": "space"},
    "items": [{"id": 1, "kind": "x"}, {"id": 2, "kind": "y"}, {"id": 3}],
    "null": None,
}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("$", BODY),
        ("$.a.b", [10, 20, 30]),
        ("a.b", [10, 20, 30]),
        ("$.a.b[0]", 10),
        ("$.a.b[-1]", 30),
        ("$['a']['b'][1]", 20),
        ('$["a"].c-d', "dash"),
        ("$.a['e f']", "space"),
        ("$.null", None),
        ("$.a.b.length()", 3),
        ("$.a.b[*]", [10, 20, 30]),
        ("$.a.b[1:]", [20, 30]),
        ("$.a.b[:2]", [10, 20]),
        ("$.items[*].id", [1, 2, 3]),
        ("$..id", [1, 2, 3]),
        ("$..kind", ["x", "y"]),
        ("$.items[0]['id','kind']", [1, "x"]),
        ("$.items[?(@.kind == 'y')].id", [2]),
        ("$.items[?(@.id > 1 && @.id < 3)]", [{"id": 2, "kind": "y"}]),
        ("$.items[?(@.kind == 'x' || @.id == 3)].id", [1, 3]),
        ("$.items[?(@.kind)].id", [1, 2]),
        ("$.items[?(@.id > 'x')]", []),
        ("$.nothing[*]", []),
    ],
)
def test_what_a_path_finds(path, found):
    assert find(BODY, path) == found


@pytest.mark.parametrize("path", ["$.nothing", "$.a.b[9]", "$.a.b.c", "$.null.x", "$[0]"])
def test_nothing_there_is_not_null(path):
    assert find(BODY, path) is MISSING


@pytest.mark.parametrize("path", ["$.", "$.a[", "$['a", "$.a[x]", "$a", "$.a[1,2]", "$..", "$ .a"])
def test_a_path_that_can_not_be_read_says_where(path):
    with pytest.raises(PathError, match="character"):
        find(BODY, path)


@given(path=st.text(alphabet="$.[]'\"*?@()=<>&|ab01:,- ", max_size=20))
def test_any_text_finds_something_or_is_a_path_error(path):
    with contextlib.suppress(PathError):
        find(BODY, path)
