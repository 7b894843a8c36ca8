"""Values that look like secrets. What stands in apitool.toml is in the repository, in plans and in state."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apitool.project import shown
from apitool.project.finding import Finding
from apitool.project.secret_marks import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.project.model import Project
    from apitool.project.scan import KeyPath

_TOKEN = re.compile(r"(?<![\w/+=.-])[A-Za-z0-9+/_-]{32,}={0,2}(?![\w/+=.-])")
_HEXADECIMAL = re.compile(r"[0-9a-f]{32,}|[0-9A-F]{32,}")


def warnings(project: Project) -> Iterator[Finding]:
    for key, value in _texts(project):
        if kind := looks_like(value):
            what = f"`{shown.dotted(key)}` looks like {kind}"
            fix = "keep it in Secrets Manager or the Parameter Store, and put its name here"
            yield Finding(key, what, "not shown", fix)


def looks_like(value: str) -> str | None:
    """What sort of secret the value may be, or None."""
    for kind, pattern in MARKS.items():
        if pattern.search(value):
            return kind
    return "a secret token" if any(_random(token) for token in _TOKEN.findall(value)) else None


def _random(token: str) -> bool:
    """Long and hexadecimal, or a mixture of both cases and digits as no word is."""
    mixed = all(re.search(kind, token) for kind in ("[a-z]", "[A-Z]", "[0-9]"))
    return mixed or _HEXADECIMAL.fullmatch(token) is not None


def _texts(project: Project) -> Iterator[tuple[KeyPath, str]]:
    for name, function in project.functions.items():
        for variable, value in function.environment.items():
            yield ("functions", name, "environment", variable), value
    for name, stage in project.stages.items():
        for variable, value in stage.variables.items():
            yield ("stages", name, "variables", variable), value
        for tag, value in stage.tags.items():
            yield ("stages", name, "tags", tag), value
    if project.api.description:
        yield ("api", "description"), project.api.description
