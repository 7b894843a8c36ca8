"""Each value by itself: has the data the shape of `model.File`? pydantic answers, `wording.py` translates.

The data comes back without what was wrong, so that the rules about several values can still say what is wrong
with the rest: see `Draft`.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from apitool.project import wording
from apitool.project.model import File

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from apitool.project.draft import Draft
    from apitool.project.finding import Finding
    from apitool.project.scan import KeyPath

_KEY = "[key]"  # pydantic's mark at the end of a path: the key itself is wrong, not its value
_UNKNOWN, _MISSING = "extra_forbidden", "missing"  # two of pydantic's kinds of error
_SECTIONS_OF_NAMES = {
    "api_keys",
    "authorizers",
    "functions",
    "routes",
    "stages",
    "tables",
    "usage_plans",
}
_OPTIONAL_SECTIONS = ("tables", "authorizers", "api_keys", "models")  # that other sections refer to
_NAMED = 2  # parts of the path of something the user named, e.g. functions.orders


def checked(data: dict[str, Any]) -> tuple[File | None, Draft, list[Finding]]:
    """The file when its shape is right, what is right of it in any case, and what is wrong."""
    try:
        file = File.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        misspelt = {
            (*each["loc"][:-1], wording.meant(each["loc"])) for each in details if each["type"] == _UNKNOWN
        }
        findings = [
            _finding(data, each)
            for each in details
            if each["type"] != _MISSING or each["loc"] not in misspelt
        ]
        return None, _without(data, details), findings
    return file, _without(data, []), []


def _finding(data: dict[str, Any], error: ErrorDetails) -> Finding:
    path = error["loc"]
    if error["type"] == _UNKNOWN:
        return wording.unknown_key(path)
    if error["type"] == _MISSING:
        return wording.missing_key(path)
    if path[-1] == _KEY and not _present(data, path):
        return wording.wrong_name(path[:-1], error)
    return wording.wrong_value(path, error)


def _without(data: dict[str, Any], errors: list[ErrorDetails]) -> Draft:
    """A copy of the data less every value that has an error; a wrong table of a name becomes an empty one."""
    kept: Any = copy.deepcopy(data)
    if all(len(error["loc"]) > 1 for error in errors):
        for section in _OPTIONAL_SECTIONS:  # may be missing, unless misspelt
            kept.setdefault(section, {})
    # Deepest and last first, so that indexes of arrays stay what they are.
    for path in sorted((error["loc"] for error in errors), key=_depth_first, reverse=True):
        _remove(kept, path)
    if "routes" in kept:
        kept["routes"] = {key: _written_out(route) for key, route in kept["routes"].items()}
    draft: Draft = kept
    return draft


def _written_out(route: Any) -> Any:  # noqa: ANN401 - the short form or the long one
    return {"function": route} if isinstance(route, str) else route


def _depth_first(path: KeyPath) -> tuple[int, list[tuple[bool, str | int]]]:
    return len(path), [(isinstance(part, int), part) for part in path]


def _remove(kept: Any, path: KeyPath) -> None:  # noqa: ANN401 - data of any shape
    while isinstance(path[-1], int):  # half an array is not what anybody wrote
        path = path[:-1]
    if not _present(kept, path):
        return
    for part in path[:-1]:
        kept = kept[part]
    if len(path) == _NAMED and path[0] in _SECTIONS_OF_NAMES:
        kept[path[-1]] = {}
    else:
        del kept[path[-1]]


def _present(data: Any, path: KeyPath) -> bool:  # noqa: ANN401 - data of any shape
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return False
    return True
