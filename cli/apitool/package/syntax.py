"""Python source -> its tree, held to the syntax of the runtime it will run on. Nothing is imported."""

from __future__ import annotations

import ast
import re
import sys
import warnings
from typing import TYPE_CHECKING

from apitool.errors import Place, Problem, UsageError
from apitool.package.target import minor

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from apitool.package.source import SourceFile


def check(files: Iterable[SourceFile], python: str) -> None:
    """Raises UsageError naming every file that Python `python` ("3.13") could not compile."""
    problems = [
        problem for file in files if file.name.endswith(".py") and (problem := _problem(file, python))
    ]
    if problems:
        first, *rest = problems
        raise UsageError(first.what, place=first.place, seen=first.seen, fix=first.fix, more=rest)


def tree(content: bytes, python: str) -> ast.Module | None:
    """The module, or None where it can't be judged: it may be written for a Python newer than this one.

    Raises SyntaxError for what Python `python` can't parse; ValueError for null bytes, up to Python 3.11.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # invalid escapes and the like are the author's to see, not here
            return ast.parse(content, feature_version=(3, minor(python)))
    except SyntaxError as error:
        if minor(python) > sys.version_info.minor and _may_be_newer(error):
            return None
        raise


# What Python 3.12 to 3.14 read and an older one stumbles over, on the line where it does: PEP 701 (quotes and
# backslashes in f-strings), 695 and 696 (type parameters), 750 (t-strings), 758 (except without parentheses).
_NEWER = (
    r"\b(?:[bru]?[ft]|[ft][br])[\"']|\btype\s+\w+\s*[\[=]"
    r"|\b(?:def|class)\s+\w+\s*\[|\bexcept\b\*?\s[^:(]*,"
)


def _may_be_newer(error: SyntaxError) -> bool:
    return error.msg.startswith("f-string") or bool(re.search(_NEWER, error.text or "", re.IGNORECASE))


def _problem(file: SourceFile, python: str) -> Problem | None:
    try:
        tree(file.read(), python)
    except SyntaxError as error:
        place = _place(file.path, error)
        return Problem(
            f"`{file.name}` is not valid Python {python}", place, error.msg, "correct it, or change `runtime`"
        )
    except (ValueError, RecursionError, MemoryError) as error:
        seen = str(error) or "it is nested too deeply"
        return Problem(f"`{file.name}` is not valid Python {python}", Place(file.path, 1), seen, "correct it")
    return None


def _place(path: Path, error: SyntaxError) -> Place:
    return Place(path, error.lineno or 1, max(error.offset or 1, 1))
