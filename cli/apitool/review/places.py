"""Where something is declared: the line of apitool.toml, else that of the resource in HCL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apitool.errors import Place
from apitool.project.positions import positions
from apitool.review import addresses

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_TABLES = ("routes", "functions", "tables", "stages")
_BLOCK = re.compile(r'^[ \t]*resource\s+"([^"]+)"\s+"([^"]+)"', re.MULTILINE)


class Places:
    """`project`: apitool.toml and its text, when there is one; `sources`: HCL files and their texts;
    `folders`: which folder a module's files are in, by its address without keys.
    """

    def __init__(
        self,
        project: tuple[Path, str] | None,
        sources: Mapping[Path, str],
        folders: Mapping[str, Path] | None = None,
    ) -> None:
        self._file = project[0] if project else None
        self._keys = positions(project[1]) if project else None
        self._folders = folders or {}
        self._blocks: dict[tuple[str, str], list[Place]] = {}
        for file, source in sources.items():
            for found in _BLOCK.finditer(source):
                place = Place(file, source.count("\n", 0, found.start(1)) + 1)
                self._blocks.setdefault((found[1], found[2]), []).append(place)

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
        """In the module's own folder; without one known, where there is only one of that name."""
        bare = addresses.bare(address)
        kind, _, name = bare.rpartition(".")
        found = self._blocks.get((kind.rpartition(".")[2], name), [])
        folder = self._folders.get(addresses.module_of(bare))
        inside = [place for place in found if place.file.parent == folder] if folder is not None else found
        return inside[0] if len(inside) == 1 else None
