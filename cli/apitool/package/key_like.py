"""Keys in the source, named by file and line, never by value.

Whoever may read the function may read its package: GetFunction hands out the zip.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apitool.errors import Place, Problem
from apitool.project.secret_marks import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.package.source import SourceFile, SourceTree

LARGEST_LOOKED_AT = 1_000_000  # bytes; what is larger is data
MOST_WARNINGS = 20
# Keys that documentation shows: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
_EXAMPLE = re.compile(r"EXAMPLE|example\.(?:com|org|net)|<[^>]+>|\$\{|%\(|\{[a-z_]+\}")


def warnings(tree: SourceTree) -> Iterator[Problem]:
    """One for each line with something that looks like a key."""
    found = [(file, line, kind) for file in tree.files for line, kind in _lines(file)]
    for file, line, kind in found[:MOST_WARNINGS]:
        yield Problem(
            f"`{file.name}` holds what looks like {kind}",
            Place(file.path, line),
            fix="keep it in Secrets Manager or the Parameter Store, and read it from there",
        )
    if len(found) > MOST_WARNINGS:
        yield Problem(f"{len(found) - MOST_WARNINGS} more lines of `{tree.root}` look so")


def _lines(file: SourceFile) -> list[tuple[int, str]]:
    """Line and kind of all that looks like a key, sorted by line."""
    if file.size > LARGEST_LOOKED_AT:
        return []
    text = file.read().decode("utf-8", "replace")
    if "\0" in text:
        return []
    found = {
        text.count("\n", 0, match.start()) + 1: kind
        for kind, pattern in MARKS.items()
        for match in pattern.finditer(text)
        if not _EXAMPLE.search(text[match.start() :].partition("\n")[0])
    }
    return sorted(found.items())
