"""Whatever the file holds, loading ends in a project or in a `ProjectError` that can be shown."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st
from tests.project.example import EXAMPLE, STEADY, project_folder
from tests.project.toml_text import documents

from apitool.errors import ProjectError
from apitool.project import document
from apitool.project.load import Loaded, checked

FILE = Path("apitool.toml")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return project_folder(tmp_path_factory.mktemp("project"))


def load_bytes(content: bytes, root: Path) -> Loaded | ProjectError:
    try:
        return checked(document.parse(content, FILE), root / FILE)
    except ProjectError as error:
        return fit_to_be_shown(error, content)


def fit_to_be_shown(error: ProjectError, content: bytes) -> ProjectError:
    places = [problem.place for problem in error.problems]
    lines = content.decode(errors="replace").split("\n")
    assert places == sorted(places, key=lambda place: (place.line, place.column))
    assert all(1 <= place.line <= len(lines) for place in places)
    shown = "".join(f"{each.what}{each.seen}{each.fix}" for each in error.problems)
    assert not {each for each in shown if unicodedata.category(each) in {"Cc", "Cf", "Cs"}} - {"\n"}
    return error


@STEADY
@given(st.binary(max_size=200))
def test_any_bytes(root, content):
    load_bytes(content, root)


@STEADY
@given(st.text(max_size=200))
def test_any_text(root, text):
    load_bytes(text.encode(errors="surrogatepass"), root)


@STEADY
@given(documents())
def test_any_toml(root, text):
    assert isinstance(load_bytes(text.encode(), root), ProjectError)


@STEADY
@given(
    st.integers(0, len(EXAMPLE)), st.integers(0, 20), st.text(max_size=6) | st.sampled_from(['"', "[", "\n["])
)
def test_the_example_with_a_piece_replaced(root, start, length, piece):
    load_bytes((EXAMPLE[:start] + piece + EXAMPLE[start + length :]).encode(), root)


JUNK = st.recursive(
    st.none().map(lambda _: "")
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.dates(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)
NAMES = st.sampled_from(
    ["orders", "Orders", "", "[key]", "a-b", "GET /orders", "GET /{id}", "get  /x/", "x" * 70]
)


def tables(*keys: str, **known: st.SearchStrategy) -> st.SearchStrategy:
    """A table with some of its keys, each of them right, wrong, or of another type altogether."""
    entries = {**dict.fromkeys(keys, JUNK | NAMES), **known}
    return st.fixed_dictionaries({}, optional={key: strategy | JUNK for key, strategy in entries.items()})


def sections(inner: st.SearchStrategy) -> st.SearchStrategy:
    return st.dictionaries(NAMES, inner | JUNK, max_size=3)


TEXTS = st.dictionaries(NAMES | st.sampled_from(["AWS_REGION", "TABLE_NAME"]), NAMES | JUNK, max_size=2)
LISTS = st.lists(NAMES | JUNK, max_size=3)
FUNCTIONS = tables("source", "handler", "runtime", "timeout", "requirements", environment=TEXTS, tables=TEXTS)
STAGES = tables("local", "log_level", throttle=tables("rate", "burst"), variables=TEXTS, tags=TEXTS)
PROJECTS = tables(
    *("name", "region", "smoke", "state_bucket", "default_stage", "unknown"),
    functions=sections(FUNCTIONS),
    tables=sections(tables("hash_key", "range_key", "ttl_attribute", "point_in_time_recovery")),
    routes=sections(NAMES | tables("function", "timeout_ms", "operation_name")),
    api=tables(
        "description",
        binary_media_types=LISTS,
        cors=tables("allow_origin", "allow_credentials", "max_age", allow_methods=LISTS),
    ),
    stages=sections(STAGES),
)


@STEADY
@given(PROJECTS)
def test_any_values_in_the_right_places(root, data):
    load_bytes(tomlkit.dumps(data).encode(errors="replace"), root)
