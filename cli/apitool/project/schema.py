"""The JSON Schema of apitool.toml, for editors: completion, descriptions, the first mistakes underlined.

    python -m apitool.project.schema docs/apitool.schema.json

It is made from `model.File`. Rules about several values, and AWS's finer points, stay with the loader.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

from apitool.project.model import File
from apitool.project.routes import METHODS

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core.core_schema import NullableSchema, WithDefaultSchema


class _EditorSchema(GenerateJsonSchema):
    """Draft 7, which every editor knows, and without null, which TOML lacks."""

    schema_dialect = "http://json-schema.org/draft-07/schema#"

    def nullable_schema(self, schema: NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        made = super().default_schema(schema)
        if made.get("default", ...) is None:
            del made["default"]
        return made


def schema() -> dict[str, Any]:
    """The schema as data."""
    made = File.model_json_schema(schema_generator=_EditorSchema)
    made["properties"]["routes"]["propertyNames"] = {"pattern": f"^({'|'.join(METHODS)}) /\\S*$"}
    return {"$schema": _EditorSchema.schema_dialect, **_without_titles(made)}


def text() -> str:
    """The schema as its file holds it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _without_titles(made: Any) -> Any:  # noqa: ANN401 - JSON of any shape
    """Titles only repeat the keys, and no key of apitool.toml is called `title`."""
    if isinstance(made, dict):
        return {key: _without_titles(value) for key, value in made.items() if key != "title"}
    return [_without_titles(value) for value in made] if isinstance(made, list) else made


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(text(), encoding="utf-8", newline="\n")
