"""The user's own OpenAPI document: JSON or YAML -> values, and the place of every one of them.

YAML is read as JSON reads: no dates, and keys are text (`200:` is "200").
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from apitool.errors import Place, Problem, ProjectError

if TYPE_CHECKING:
    from pathlib import Path

    from yaml.nodes import Node

    from apitool.project.scan import KeyPath

LARGEST = 2 * 1024 * 1024
"""Bytes of a document that API Gateway imports."""
_MOST_VALUES = 200_000  # after aliases are written out; the largest document of 2 MiB stays below
_DEEPEST = 100  # levels; both YAML's composer and JSON's encoder recurse


@dataclass(frozen=True, slots=True)
class OpenApiFile:
    """`places` are line and column, from 1, by the path of keys and indexes."""

    file: Path
    data: dict[str, Any]
    places: dict[KeyPath, tuple[int, int]]

    def place(self, path: KeyPath) -> Place:
        """Where it stands, or the nearest thing around it."""
        while path and path not in self.places:
            path = path[:-1]
        return Place(self.file, *self.places.get(path, (1, 1)))


def read(path: Path, *, shown_as: Path) -> OpenApiFile:
    """Read the file.

    Raises:
        ProjectError: it can't be read, or is no JSON or YAML object.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
        text = content.decode()
    except UnicodeDecodeError:
        raise _refusal(shown_as, "the OpenAPI document is not UTF-8", fix="save it as UTF-8") from None
    except OSError as error:
        raise _refusal(shown_as, "the OpenAPI document can't be read", seen=error.strerror) from None
    if len(content) > LARGEST:
        raise _refusal(shown_as, f"the OpenAPI document is larger than the {LARGEST:,} bytes of an import")
    return parse(text, shown_as)


def parse(text: str, file: Path) -> OpenApiFile:
    """Read the text. Raises as `read` does."""
    import yaml  # noqa: PLC0415 - 15 ms that most projects do without

    if file.suffix == ".json":
        text = text.replace("\t", " ")  # JSON's blank and not YAML's; no string of JSON has one
    try:
        loader = yaml.SafeLoader(text)
        root = loader.get_single_node()
        reader = _Reader(loader)
        data = reader.value(root, ()) if root else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = f"not {'JSON' if file.suffix == '.json' else 'YAML'}: {error.problem or error.context}"
        raise _refusal(file, what, at=at) from None
    except yaml.YAMLError as error:
        raise _refusal(file, f"not YAML: {str(error).splitlines()[0]}") from None
    except (RecursionError, _TooLargeError):
        raise _refusal(file, "the OpenAPI document nests too deeply, or repeats itself too often") from None
    if not isinstance(data, dict):
        raise _refusal(file, "the OpenAPI document is no object", fix='it starts with `openapi: "3.0.1"`')
    return OpenApiFile(file, data, reader.places)


class _TooLargeError(Exception):
    """Aliases of aliases, or brackets in brackets."""


@dataclass(slots=True)
class _Reader:
    """Nodes of YAML -> values of JSON."""

    loader: Any
    places: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)

    def value(self, node: Node, path: KeyPath) -> Any:  # noqa: ANN401 - JSON of any shape
        self.places.setdefault(path, (node.start_mark.line + 1, node.start_mark.column + 1))
        if len(self.places) > _MOST_VALUES or len(path) > _DEEPEST:
            raise _TooLargeError
        match node.id:
            case "mapping":
                return self._object(node, path)
            case "sequence":
                return [self.value(each, (*path, index)) for index, each in enumerate(node.value)]
            case _:
                return self._scalar(node)

    def _object(self, node: Any, path: KeyPath) -> dict[str, Any]:  # noqa: ANN401 - yaml has no types
        self.loader.flatten_mapping(node)
        made: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value)
            self.places[*path, name] = (key.start_mark.line + 1, key.start_mark.column + 1)
            made[name] = self.value(value, (*path, name))
        return made

    def _scalar(self, node: Any) -> Any:  # noqa: ANN401 - yaml has no types
        value = self.loader.construct_object(node)
        try:
            json.dumps(value, allow_nan=False)
        except (TypeError, ValueError):  # a date, bytes, infinity: JSON has none of them
            return str(node.value)
        return value


def _refusal(
    file: Path, what: str, *, at: tuple[int, int] = (1, 1), seen: str | None = None, fix: str | None = None
) -> ProjectError:
    return ProjectError([Problem(what, Place(file, *at), seen, fix)])
