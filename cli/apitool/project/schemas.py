"""The JSON schemas that `[models]` names: read from their files, and the rules about them.

API Gateway reads models as JSON schema draft 4:
https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html. They become
`components.schemas` of the OpenAPI document, where a reference to another one is `#/components/schemas/NAME`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from apitool.project import shown
from apitool.project.access import asked_of
from apitool.project.finding import Finding
from apitool.project.suggest import closest, instead

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from apitool.project.draft import Draft
    from apitool.project.model import Project

Schema = dict[str, Any]
REFERENCE = "#/components/schemas/"
_LARGEST = 400 * 1024  # bytes of a model: API Gateway's quota
_NOT_IN_A_DOCUMENT = (
    "$schema",
    "$id",
    "id",
)  # say which draft it is and where; OpenAPI has no place for them
_LATER_DRAFTS = {
    "$defs": "definitions are models of their own",
    "const": "`enum` with one value",
    "contains": "nothing in draft 4",
    "dependentRequired": "`dependencies`",
    "else": "`oneOf`",
    "if": "`oneOf`",
    "propertyNames": "`patternProperties`",
    "then": "`oneOf`",
}
"""Keywords that drafts after 4 brought, and what draft 4 has instead."""


def schemas(project: Project) -> dict[str, Schema]:
    """The schemas by the names of their models; what can't be read was refused with the project."""
    files = {name: project.root / file for name, file in project.models.items()}
    return {name: _bare(json.loads(file.read_bytes())) for name, file in files.items()}


def errors(draft: Draft, root: Path) -> Iterator[Finding]:
    models = draft.get("models", {})
    for name, file in models.items():
        yield from _file_problems(name, root / file, file, models)
    yield from _missing_models(draft)


def warnings(project: Project) -> Iterator[Finding]:
    read = schemas(project)
    used = {route.model for route in project.routes}
    referred = {reference for schema in read.values() for reference in _references(schema)}
    for name, schema in read.items():
        if name not in used and REFERENCE + name not in referred:
            fix = f'model = "{name}" in a route'
            yield Finding(("models", name), f"no route has the model `{name}`", fix=fix)
        for keyword in sorted(_keywords(schema) & _LATER_DRAFTS.keys()):
            what = f"the model `{name}`: API Gateway reads draft 4, where `{keyword}` restricts nothing"
            yield Finding(("models", name), what, fix=f"instead: {_LATER_DRAFTS[keyword]}")
    yield from _unread(project)


def _bare(schema: Schema) -> Schema:
    return {key: value for key, value in schema.items() if key not in _NOT_IN_A_DOCUMENT}


def _file_problems(name: str, file: Path, written: str, models: Mapping[str, str]) -> Iterator[Finding]:
    key = ("models", name)
    try:
        content = file.read_bytes()
        schema = json.loads(content)
    except OSError:
        yield Finding(key, f"`models.{name}` is no file", f'"{shown.text(written)}"', _near(file))
        return
    except (ValueError, RecursionError) as error:
        yield Finding(key, f"`models.{name}` is not JSON", f"{shown.text(written)}: {shown.text(str(error))}")
        return
    if not isinstance(schema, dict):
        yield Finding(key, f"`models.{name}` is no JSON schema", shown.kind(schema), '{ "type": "object" }')
        return
    if len(content) > _LARGEST:
        yield Finding(key, f"`models.{name}` is larger than {_LARGEST:,} bytes", f"{len(content):,} bytes")
    for reference in sorted(_references(schema)):
        if reference.removeprefix(REFERENCE) not in models or not reference.startswith(REFERENCE):
            what = f"`models.{name}` refers to what is no model"
            fix = instead(reference.rpartition("/")[2], [REFERENCE + each for each in models], kind="models")
            yield Finding(key, what, f'"$ref": "{shown.text(reference)}"', fix)


def _near(file: Path) -> str:
    try:
        entries = [entry.name for entry in file.parent.iterdir() if entry.suffix == ".json"]
    except (OSError, ValueError):
        entries = []
    near = closest(file.name, entries)
    return f"did you mean `{shown.text(near)}`?" if near else "paths count from the folder of apitool.toml"


def _missing_models(draft: Draft) -> Iterator[Finding]:
    models, default = draft.get("models"), draft.get("api", {}).get("validator", "none")
    for key, route in draft.get("routes", {}).items():
        name, at = route.get("model"), ("routes", key, "model")
        if name is None:
            continue
        if models is not None and name not in models:
            what = f"`{shown.dotted(at)}`: there is no model `{shown.text(name)}`"
            yield Finding(at, what, fix=instead(name, models, kind="models"))
        elif route.get("validator", default) not in {"body", "all"}:
            what = f"route `{shown.text(key)}`: nothing compares bodies with the model"
            yield Finding(at, what, f'model = "{shown.text(name)}"', 'validator = "body", or "all"')


def _unread(project: Project) -> Iterator[Finding]:
    for route in project.routes:
        validator, at = asked_of(project, route).validator, ("routes", route.key)
        if route.required_parameters and validator not in {"parameters", "all"}:
            what = f"route `{shown.text(route.key)}`: nothing looks for the required parameters"
            fix = 'validator = "parameters", or "all"'
            yield Finding((*at, "required_parameters"), what, fix=fix)
        if route.validator in {"body", "all"} and route.model is None:
            what = f"route `{shown.text(route.key)}`: no model says what its body has to be"
            yield Finding((*at, "validator"), what, f'"{route.validator}"', 'model = "Order"')


def _references(schema: object) -> set[str]:
    return {reference for part in _parts(schema) if isinstance(reference := part.get("$ref"), str)}


def _keywords(schema: object) -> set[str]:
    return {keyword for part in _parts(schema) for keyword in part}


def _parts(schema: object) -> Iterator[dict[str, Any]]:
    """Every object of a schema that is a schema, not a table of names."""
    waiting: list[object] = [schema]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            yield part
            for keyword, value in part.items():
                named = keyword in {"properties", "patternProperties", "definitions", "dependencies", "$defs"}
                if named and isinstance(value, dict):
                    waiting += value.values()
                elif keyword not in {"enum", "default", "example", "const"}:
                    waiting.append(value)
