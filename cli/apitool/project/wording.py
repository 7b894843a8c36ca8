"""pydantic's errors in the words of apitool.toml: what the value must be, and what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from apitool.project import layout, shown
from apitool.project.finding import Finding
from apitool.project.suggest import closest, instead

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from apitool.project.scan import KeyPath

_MUST = {
    "string_type": "must be text in quotes",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "bool_type": "must be true or false",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "tuple_type": "must be an array",
    "finite_number": "must be a finite number",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "string_too_long": "must have at most {max_length} characters",
    "too_long": "must have at most {max_length}",
    "literal_error": "must be one of {choices}",
    "refused": "{must}",
}
_SECRET = {"environment", "variables"}  # their values are never shown


def meant(path: KeyPath) -> str | None:
    """The key that an unknown one is a misspelling of."""
    return closest(str(path[-1]), layout.keys(path[:-1]))


def unknown_key(path: KeyPath) -> Finding:
    """A key no table has there: mistyped, or at home elsewhere."""
    table, key = path[:-1], str(path[-1])
    known, home = layout.keys(table), layout.home(key)
    where = f"in `[{shown.dotted(table)}]`" if table else "at the top of the file"
    fix = instead(key, known, kind="keys")
    if home is not None and meant(path) is None:
        fix = f"it belongs in `[{home}]`" if home else "it belongs before the first `[table]`"
    return Finding(path, f"unknown key `{shown.dotted((key,))}` {where}", fix=fix)


def missing_key(path: KeyPath) -> Finding:
    table, key = path[:-1], str(path[-1])
    where = f"`[{shown.dotted(table)}]`" if table else "the file"
    return Finding(table, f"{where} lacks `{key}`", fix=_example(path))


def wrong_name(path: KeyPath, error: ErrorDetails) -> Finding:
    """A key that is the user's to choose, and was chosen badly."""
    what = f"`{shown.dotted(path[-1:])}` in `[{shown.dotted(path[:-1])}]` {_must(path, error)}"
    return Finding(path, what, fix=_fix(path, error))


def wrong_value(path: KeyPath, error: ErrorDetails) -> Finding:
    seen = error["input"]
    return Finding(
        path,
        f"`{shown.dotted(path)}` {_must(path, error)}",
        shown.kind(seen) if _SECRET & set(path) else shown.value(seen),
        _fix(path, error),
    )


def _must(path: KeyPath, error: ErrorDetails) -> str:
    if error["type"] == "model_type" and layout.pattern(path) == ("routes", "*"):
        return "must be the name of a function, or a table with `function`"
    if error["type"] == "model_type" and path[-2:-1] in {("templates",), ("request_templates",)}:
        return "must be the template as text, or a table with `file`"
    template = _MUST.get(error["type"], error["msg"].replace("{", "{{").replace("}", "}}"))
    return template.format(choices=", ".join(map(str, _choices(path))), **error.get("ctx", {}))


def _fix(path: KeyPath, error: ErrorDetails) -> str | None:
    if error["type"] == "refused":
        fix: str | None = error.get("ctx", {}).get("fix")
        return fix
    if error["type"] == "literal_error" and (near := _nearest(error["input"], _choices(path))):
        return near
    if error["type"] == "model_type" and path[0] == "stages":
        return f"write it as `[{shown.dotted(path)}]`"
    return _example(path)


def _example(path: KeyPath) -> str | None:
    found = layout.field(path)
    return None if found is None else f"e.g. {layout.example(str(path[-1]), found)}"


def _choices(path: KeyPath) -> tuple[Any, ...]:
    """The words of a Literal, also of one that may be left out."""
    found = layout.field(path)
    words = get_args(found.annotation) if found else ()
    literal = next((each for each in words if get_origin(each) is Literal), None)
    return words if literal is None else get_args(literal)


def _nearest(seen: object, choices: tuple[Any, ...]) -> str | None:
    if isinstance(seen, int) and choices and isinstance(choices[0], int):
        return f"the nearest is {min(choices, key=lambda choice: abs(choice - seen))}"
    # python3.9 is as near to python3.14 as to python3.10: words with numbers are left to the reader.
    if (
        isinstance(seen, str)
        and seen.replace("_", "").isalpha()
        and (near := closest(seen, map(str, choices)))
    ):
        return f"did you mean `{near}`?"
    return None
