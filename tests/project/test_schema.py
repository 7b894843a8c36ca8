from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from apitool.project import layout, schema

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "docs" / "apitool.schema.json"


def test_the_committed_schema_is_what_the_model_says_now():
    """`python -m apitool.project.schema docs/apitool.schema.json` writes it."""
    assert COMMITTED.read_text(encoding="utf-8") == schema.text()


def test_the_command_writes_the_schema(tmp_path):
    written = tmp_path / "schema.json"
    subprocess.run([sys.executable, "-m", "apitool.project.schema", written], check=True, cwd=ROOT)
    assert written.read_bytes() == COMMITTED.read_bytes()


def test_every_table_of_the_file_is_in_the_schema_with_every_key_explained():
    made = schema.schema()
    tables = {"File": made, **made["$defs"]}
    assert {each.__name__ for each in layout.TABLES.values()} == set(tables)
    for model in layout.TABLES.values():
        properties = tables[model.__name__]["properties"]
        assert list(properties) == list(model.model_fields)
        assert all(each.get("description") for each in properties.values())
        assert tables[model.__name__]["additionalProperties"] is False


def test_the_schema_has_nothing_toml_can_not_say():
    assert "null" not in json.dumps(schema.schema())


def test_a_route_is_a_name_or_a_table_under_a_method_and_a_path():
    routes = schema.schema()["properties"]["routes"]
    assert routes["additionalProperties"]["anyOf"] == [{"type": "string"}, {"$ref": "#/$defs/RouteOptions"}]
    assert routes["propertyNames"]["pattern"].startswith("^(GET|HEAD|")
