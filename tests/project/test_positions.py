from __future__ import annotations

import contextlib
import tomllib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.project.example import STEADY
from tests.project.toml_text import documents, paths

from apitool.project.positions import Spot, positions
from apitool.project.scan import MAX_DEPTH, TooDeepError


def text_at(text: str, spot: Spot) -> str:
    return text.split("\n")[spot.line - 1][spot.column - 1 :]


def spelled_key(rest: str) -> str:
    """The key that stands at the start of `rest`, read by the standard parser: the shortest that is a key."""
    for end in range(1, len(rest) + 1):
        try:
            (name,) = tomllib.loads(f"{rest[:end]}=1")
        except (tomllib.TOMLDecodeError, ValueError):
            continue
        if rest[end : end + 1] in {"", " ", "\t", ".", "=", "]"}:
            return name
    raise AssertionError(rest)


@STEADY
@given(documents())
@example('a = """"""\nb = 1')
@example("a = ''''quoted''''\nb = 1")
@example('"\\u00e4.b"=1')
def test_every_key_is_found_and_its_spot_spells_it(text):
    found = positions(text)
    assert set(found.offsets) == paths(tomllib.loads(text))
    assert found.repeats == ()
    for path in found.offsets:
        if isinstance(path[-1], str):
            assert spelled_key(text_at(text, found.at(path))) == path[-1]


@pytest.mark.parametrize(
    ("path", "spot"),
    [
        (("name",), (1, 1)),
        (("functions",), (3, 2)),
        (("functions", "a.b"), (3, 12)),
        (("functions", "a.b", "environment"), (4, 3)),
        (("functions", "a.b", "environment", "KEY"), (4, 15)),
        (("routes", "GET /x", "function"), (6, 24)),
        (("api", "types", 0), (7, 14)),
        (("api", "types", 1), (8, 3)),
        (("stages", 1, "name"), (13, 1)),
        (("stages", 1), (12, 3)),
    ],
)
def test_a_key_is_found_however_it_is_written(path, spot):
    text = """name = "x"

[functions."a.b"]
  environment.KEY = "x"
["routes"] # what follows is inline
"GET /x" = { "y" = 1,  function = "x" }
api.types = ["a",
  "b",
]
[[stages]]
name = "one"
[[stages]]
name = "two"
"""
    found = positions(text)
    assert found.at(path if path[0] != "api" else ("routes", *path)) == spot


def test_a_path_that_is_not_written_is_at_the_table_around_it():
    found = positions('[functions.orders]\nsource = "x"\n')
    assert found.at(("functions", "orders", "handler")) == (1, 12)
    assert found.at(("functions", "orders", "source", "deeper")) == (2, 1)
    assert found.at(("name",)) == (1, 1)


@pytest.mark.parametrize(
    ("text", "key", "first", "again"),
    [
        ("a = 1\nb = 2\na = 3", ("a",), (1, 1), (3, 1)),
        ("[t]\n[u]\n[t]", ("t",), (1, 2), (3, 2)),
        ("[t]\n'a' = 1\n\"a\" = 2", ("t", "a"), (2, 1), (3, 1)),
        ("t.a = 1\nt.a = 2", ("t", "a"), (1, 3), (2, 3)),
        ("x = { a = 1, a = 2 }", ("x", "a"), (1, 7), (1, 14)),
        ("a.b = 1\na = 2", ("a",), (1, 1), (2, 1)),
    ],
)
def test_a_key_written_twice_is_noticed(text, key, first, again):
    (repeat,) = positions(text).repeats
    assert (repeat.key, repeat.first, repeat.again) == (key, first, again)


@STEADY
@given(st.text(alphabet="[]{}=\"'\\#.,\n a1", max_size=80))
def test_any_text_can_be_scanned_and_has_its_spots_inside(text):
    with contextlib.suppress(TooDeepError):
        found = positions(text)
        assert all(text_at(text, found.at(key)) for key in found.offsets)


@pytest.mark.parametrize("text", ["a=" + "[" * 500_000, "a." * 500_000 + "a=1", "a={" * 300_000])
def test_deep_nesting_is_refused_at_once(text):
    with pytest.raises(TooDeepError):
        positions(text)


def test_legal_nesting_is_not_too_deep():
    assert positions("a" + ".a" * (MAX_DEPTH - 1) + "=1").offsets
