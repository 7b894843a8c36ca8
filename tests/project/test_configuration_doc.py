"""docs/configuration.md says of every key what the model says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.project.example import project_folder

from apitool.project import layout
from apitool.project.load import load

DOC = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", DOC, re.MULTILINE | re.DOTALL))
ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \| (.+) \|$", re.MULTILINE)
TITLES = {
    (): "Top of the file",
    ("functions", "*"): r"functions.\<name\>",
    ("tables", "*"): r"tables.\<name\>",
    ("routes", "*"): "routes",
    ("routes", "*", "responses", "*"): r"routes.\<route\>.responses",
    ("routes", "*", "request_templates", "*"): "templates",
    ("routes", "*", "responses", "*", "templates", "*"): "templates",
    ("api",): "api",
    ("api", "cors"): "api.cors",
    ("stages", "*"): r"stages.\<name\>",
    ("stages", "*", "throttle"): r"stages.\<name\>.throttle",
    ("stages", "*", "cache"): r"stages.\<name\>.cache",
    ("stages", "*", "routes", "*"): r"stages.\<name\>.routes",
    ("stages", "*", "routes", "*", "throttle"): r"stages.\<name\>.routes.throttle",
    ("stages", "*", "access_log"): r"stages.\<name\>.access_log",
    ("stages", "*", "endpoint"): r"stages.\<name\>.endpoint",
    ("stages", "*", "domain"): r"stages.\<name\>.domain",
    ("stages", "*", "domain", "mutual_tls"): r"stages.\<name\>.domain.mutual_tls",
    ("stages", "*", "canary"): r"stages.\<name\>.canary",
    ("stages", "*", "functions", "*"): r"stages.\<name\>.functions.\<name\>",
    ("authorizers", "*"): r"authorizers.\<name\>",
    ("api_keys", "*"): r"api_keys.\<name\>",
    ("usage_plans", "*"): r"usage_plans.\<name\>",
    ("usage_plans", "*", "throttle"): r"usage_plans.\<name\>.throttle",
    ("usage_plans", "*", "quota"): r"usage_plans.\<name\>.quota",
    ("usage_plans", "*", "routes", "*"): r"usage_plans.\<name\>.routes",
    ("gateway_responses", "*"): r"gateway_responses.\<TYPE\>",
    ("review",): "review",
    ("review", "waivers", "*"): r"review.waivers.\<name\>",
}
# What a stage may say of a function is explained with the function.
TITLES |= {
    (*function, *table.split(".")): rf"functions.\<name\>.{table.removesuffix('.*')}"
    for function in (("functions", "*"), ("stages", "*", "functions", "*"))
    for table in ("asynchronous", "file_system", "json_logs", "statements.*", "vpc")
}


def default(path):
    field = layout.field(path)
    assert field is not None
    if field.is_required():
        return "required"
    return "none" if field.default_factory or field.default is None else f"`{layout.toml(field.default)}`"


@pytest.mark.parametrize("table", layout.TABLES, ids=TITLES.get)
def test_every_key_stands_in_its_section_with_its_default(table):
    rows = ROW.findall(SECTIONS[TITLES[table]])
    assert [(key, shown) for key, _, shown, _ in rows] == [
        (key, default((*table, key))) for key in layout.keys(table)
    ]


def test_every_rule_about_allowed_values_names_them():
    for table in layout.TABLES:
        rows = {key: text for key, _, _, text in ROW.findall(SECTIONS[TITLES[table]])}
        for key in layout.keys(table):
            field = layout.field((*table, key))
            bounds = [
                bound
                for rule in field.metadata
                for bound in (getattr(rule, "ge", None), getattr(rule, "le", None))
            ]
            assert all(str(bound) in rows[key] for bound in bounds if bound is not None), key


def test_the_example_has_every_key_and_loads_without_a_warning(tmp_path):
    example = re.findall(r"```toml\n(.*?)```", SECTIONS["Everything at once"], re.DOTALL)[0]
    policy = tmp_path / "policies" / "internal.json"
    policy.parent.mkdir()
    policy.write_text('{ "Statement": [] }')
    assert load(project_folder(tmp_path, example)).warnings == ()
    keys = {key for table in layout.TABLES for key in layout.keys(table)}
    assert {key for key in keys if not re.search(rf"\b{key}\b", example)} == set()
