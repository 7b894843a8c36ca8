"""`apitool.toml` -> `Project`, or everything that is wrong with it.

bytes -> `document` (TOML, positions) -> `shape` (each value by itself) -> the rule files (values together)
-> `Project` -> the rule files again, for warnings. Rules give `Finding`s with key paths; here they get their
lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apitool.errors import Problem, ProjectError
from apitool.project import (
    api,
    authorizers,
    document,
    function_platform,
    functions,
    integrations,
    naming,
    openapi_input,
    routes,
    schemas,
    secrets,
    service_integrations,
    shape,
    sources,
    stage_edge,
    stage_routes,
    stages,
    tables,
    templates,
    usage_plans,
)
from apitool.project.find import project_file
from apitool.project.model import Project, Route, RouteOptions, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apitool.project.document import Document
    from apitool.project.draft import Draft
    from apitool.project.finding import Finding
    from apitool.project.model import File
    from apitool.project.openapi_input import Described


_WARNING = (
    naming,
    functions,
    tables,
    routes,
    integrations,
    service_integrations,
    api,
    authorizers,
    usage_plans,
    schemas,
    stages,
    stage_edge,
    stage_routes,
    secrets,
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A project that can be used, and what its author may want to look at again, in file order."""

    project: Project
    warnings: tuple[Problem, ...]


def load(folder_or_file: Path) -> Loaded:
    """Find and read the project of a folder, or read the file given.

    Raises:
        UsageError: there is no project here.
        ProjectError: the file can't be used; all its problems, in file order.
    """
    file = project_file(folder_or_file)
    return checked(document.read(file, shown_as=_shown(file)), file)


def checked(read: Document, file: Path) -> Loaded:
    """Check what was read from `file`. Raises `ProjectError` as `load` does."""
    parsed, draft, problems = shape.checked(read.data)
    found = openapi_input.described(draft, file.parent, read.file.parent)
    if found.routes and not found.problems:
        draft["routes"] = {**draft.get("routes", {}), **found.routes}
    problems += [*found.findings, *_errors(draft, file.parent, read.data)]
    unprintable = {finding.key: finding for finding in document.unprintable(read.data)}
    problems = [finding for finding in problems if finding.key not in unprintable] + [*unprintable.values()]
    if problems or found.problems or parsed is None:
        raise ProjectError([*_placed(problems, read), *found.problems])
    project = _project(parsed, found, file)
    return Loaded(project, _placed(_warnings(project), read))


def _errors(draft: Draft, root: Path, data: dict[str, Any]) -> list[Finding]:
    return [
        *naming.errors(draft),
        *functions.errors(draft),
        *function_platform.errors(draft),
        *sources.errors(draft, root),
        *tables.errors(draft),
        *routes.errors(draft),
        *integrations.errors(draft, data),
        *service_integrations.errors(draft, data),
        *templates.errors(draft, root),
        *api.errors(draft),
        *authorizers.errors(draft),
        *usage_plans.errors(draft),
        *schemas.errors(draft, root),
        *stages.errors(draft),
        *stage_routes.errors(draft),
        *stage_edge.errors(draft, root),
    ]


def _warnings(project: Project) -> list[Finding]:
    return [finding for rules in _WARNING for finding in rules.warnings(project)]


def _project(parsed: File, found: Described, file: Path) -> Project:
    described = {key: RouteOptions.model_validate(options) for key, options in found.routes.items()}
    return Project.model_validate(
        {
            **{name: getattr(parsed, name) for name in type(parsed).model_fields},
            "root": file.parent,
            "file": file,
            "routes": tuple(
                templates.filled(_route(options, declared), file.parent)
                for key, options in {**parsed.routes, **described}.items()
                if (declared := routes.split(key))
            ),
            "document": found.data,
            "stages": {
                name: Stage(
                    name=name, **{field: getattr(settings, field) for field in type(settings).model_fields}
                )
                for name, settings in parsed.stages.items()
            },
            "default_stage": parsed.default_stage or stages.default_stage(parsed.stages),
        }
    )


def _route(options: RouteOptions, declared: routes.Declared) -> Route:
    settings = {name: getattr(options, name) for name in type(options).model_fields}
    return Route.model_validate({**settings, "method": declared.method, "path": declared.path})


def _placed(findings: Iterable[Finding], read: Document) -> tuple[Problem, ...]:
    """The findings as problems, in the order of their keys in the file."""
    ordered = sorted(findings, key=lambda finding: read.positions.at(finding.key))
    return tuple(Problem(each.what, read.place(each.key), each.seen, each.fix) for each in ordered)


def _shown(file: Path) -> Path:
    """The file as messages name it: short when it is below the working folder."""
    try:
        return file.relative_to(Path.cwd())
    except (ValueError, OSError):  # elsewhere, or there is no working folder any more
        return file
