"""Tests in the source folder: said, not left out.

A folder of that name is a package like any other; leaving out what somebody imports would fail in the Lambda
and nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.package.source import SourceTree

FOLDERS = ("tests", "test")


def notes(tree: SourceTree) -> Iterator[str]:
    """One for all of them, with the pattern that leaves them out."""
    found = [file.name for file in tree.files if _is_test(file.name)]
    if found:
        patterns = dict.fromkeys(map(_pattern, found))
        listed = ", ".join(f'"{pattern}"' for pattern in patterns)
        files = "1 test file goes" if len(found) == 1 else f"{len(found):,} test files go"
        yield f"{files} in; exclude = [{listed}] leaves tests out"


def _is_test(name: str) -> bool:
    """Named as pytest and unittest look for them."""
    last = name.rpartition("/")[2]
    return last == "conftest.py" or (
        last.endswith(".py") and (last.startswith("test_") or last.endswith("_test.py"))
    )


def _pattern(name: str) -> str:
    *folders, last = name.split("/")
    folder = next((each for each in folders if each in FOLDERS), None)
    if folder:
        return f"{folder}/"
    if last == "conftest.py":
        return last
    return "test_*.py" if last.startswith("test_") else "*_test.py"
