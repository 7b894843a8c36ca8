"""The smallest project that uses every section, and ways to load a variant of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings

from apitool.errors import ProjectError
from apitool.project.load import load

if TYPE_CHECKING:
    from pathlib import Path

    from apitool.errors import Problem

STEADY = settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
"""For property tests: the same cases in every run, however busy the machine is."""

EXAMPLE = """\
name = "orders"
region = "eu-central-1"

[functions.orders]
source = "src"
handler = "app.handler"
tables = { TABLE_NAME = "orders" }

[tables.orders]
hash_key = "orderId"

[routes]
"GET /orders" = "orders"

[stages.dev]
local = true
"""


SCHEMAS = {
    "order": {"type": "object", "required": ["item"]},
    "nested": {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "type": "array",
        "items": {"$ref": "#/components/schemas/Order"},
        "minItems": 1,
    },
    "refers": {"properties": {"address": {"$ref": "#/components/schemas/Addres"}}},
    "draft7": {"properties": {"kind": {"const": "order"}, "if": {"type": "string"}}},
}
"""Schemas beside the code, for `[models]`; `if` is the name of a property here."""


def changed(at: str, put: str) -> str:
    """The example with one place changed; the place has to be there."""
    assert at in EXAMPLE
    return EXAMPLE.replace(at, put, 1)


def project_folder(folder: Path, content: str | bytes = EXAMPLE) -> Path:
    """A project on disk: its file, and the code that the example names."""
    source = folder / "src"
    source.mkdir(parents=True, exist_ok=True)
    (source / "app.py").write_text("def handler(event, context): ...\n")
    (source / "requirements.txt").write_text("")
    for name, schema in SCHEMAS.items():
        (source / f"{name}.json").write_text(json.dumps(schema))
    raw = content if isinstance(content, bytes) else content.encode()
    (folder / "apitool.toml").write_bytes(raw)
    return folder


def problems(folder: Path, content: str | bytes) -> tuple[Problem, ...]:
    """What is wrong with the file; nothing when it can be used."""
    try:
        load(project_folder(folder, content))
    except ProjectError as error:
        return error.problems
    return ()


def warnings(folder: Path, content: str) -> tuple[Problem, ...]:
    return load(project_folder(folder, content)).warnings


def rendered(found: tuple[Problem, ...]) -> str:
    """Each problem as `line:column what`, then what was seen and the fix, where there are such."""
    return "\n".join(line for problem in found for line in _lines(problem))


def _lines(problem: Problem) -> list[str]:
    place = problem.place
    assert place is not None
    lines = [f"{place.line}:{place.column} {problem.what}"]
    lines += [f"seen: {problem.seen}"] if problem.seen else []
    return lines + ([f"fix:  {problem.fix}"] if problem.fix else [])
