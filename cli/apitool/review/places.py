"""Where in the files something is declared: the line of apitool.toml, else that of the resource in HCL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apitool.errors import Place
from apitool.project.positions import positions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_TABLES = ("routes", "functions", "tables", "stages")
_BLOCK = re.compile(r'^\s*resource\s+"([^"]+)"\s+"([^"]+)"', re.MULTILINE)
_INDEX = re.compile(r"\[(?:\"(?:[^\"\\]|\\.)*\"|\d+)\]")


class Places:
    """`project`: apitool.toml and its text, when there is one; `sources`: HCL files and their texts."""

    def __init__(self, project: tuple[Path, str] | None, sources: Mapping[Path, str]) -> None:
        self._file = project[0] if project else None
        self._keys = positions(project[1]) if project else None
        self._blocks = {
            (found[1], found[2]): Place(file, source.count("\n", 0, found.start(1)) + 1)
            for file, source in sources.items()
            for found in _BLOCK.finditer(source)
        }

    def of(self, subject: str, address: str) -> Place | None:
        """None when neither file says it, e.g. a route that is gone."""
        return self._in_project(subject) or self._in_sources(address)

    def _in_project(self, subject: str) -> Place | None:
        if self._file is None or self._keys is None:
            return None
        for table in _TABLES:
            if (table, subject) in self._keys.offsets:
                return Place(self._file, *self._keys.at((table, subject)))
        if (stage := subject.partition(" ")[0]) and ("stages", stage) in self._keys.offsets:
            return Place(self._file, *self._keys.at(("stages", stage)))
        return None

    def _in_sources(self, address: str) -> Place | None:
        kind, _, name = _INDEX.sub("", address).rpartition(".")
        return self._blocks.get((kind.rpartition(".")[2], name))
