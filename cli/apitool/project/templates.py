"""The files of mapping templates: read once, when the project is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.project import shown
from apitool.project.finding import Finding
from apitool.project.sources import near_entry, stands

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from apitool.project.draft import Draft
    from apitool.project.model import Project, Route, Template
    from apitool.project.scan import KeyPath

    Templates = dict[str, str | dict[str, str]]

LARGEST = 300 * 1024
"""Bytes of a mapping template: API Gateway's quota."""


def errors(draft: Draft, root: Path) -> Iterator[Finding]:
    for key, route in draft.get("routes", {}).items():
        asked = route.get("request_templates", {})
        places: list[tuple[KeyPath, Templates]] = [(("routes", key, "request_templates"), asked)]
        places += [
            (("routes", key, "responses", index, "templates"), response.get("templates", {}))
            for index, response in enumerate(route.get("responses", []))
        ]
        for path, templates in places:
            for name, template in templates.items():
                yield from _problems((*path, name), template, root)


def filled(route: Route, root: Path) -> Route:
    """The route with the text of its templates' files. The files were checked by `errors`."""

    def read(templates: dict[str, Template]) -> dict[str, Template]:
        return {name: _read(template, root) for name, template in templates.items()}

    responses = tuple(each.model_copy(update={"templates": read(each.templates)}) for each in route.responses)
    return route.model_copy(
        update={"request_templates": read(route.request_templates), "responses": responses}
    )


def files(project: Project) -> list[Path]:
    """The files of all templates, absolute."""
    return [
        project.root / template.file
        for route in project.routes
        for templates in (route.request_templates, *(each.templates for each in route.responses))
        for template in templates.values()
        if template.file
    ]


def _read(template: Template, root: Path) -> Template:
    if template.file is None:
        return template
    return template.model_copy(update={"text": (root / template.file).read_text(encoding="utf-8")})


def _problems(path: KeyPath, template: str | dict[str, str], root: Path) -> Iterator[Finding]:
    if isinstance(template, str):
        text = template.encode(errors="replace")
    elif (name := template.get("file")) is None:
        text = template.get("text", "").encode(errors="replace")
    else:
        path = (*path, "file")
        if not stands(root / name, "file"):
            what = f"`{shown.dotted(path)}` is no file"
            yield Finding(path, what, f'"{shown.text(name)}"', near_entry(root / name))
            return
        try:
            with (root / name).open("rb") as stream:
                text = stream.read(LARGEST + 1)
            text.decode()
        except UnicodeDecodeError:
            what = f"`{shown.dotted(path)}` is not UTF-8"
            yield Finding(path, what, f'"{shown.text(name)}"', "save it as UTF-8")
            return
        except OSError as error:
            yield Finding(path, f"`{shown.dotted(path)}` can't be read", error.strerror)
            return
    if len(text) > LARGEST:
        what = f"`{shown.dotted(path)}` is larger than API Gateway takes"
        yield Finding(path, what, f"over {LARGEST:,} bytes", "shorten it, or do the work in a function")
