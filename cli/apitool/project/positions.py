"""Where each key of a TOML text stands.

The parser of the standard library gives values without positions, and pydantic names a key by its path. So
the text is read once more (`scan.py`), and before the parser: that takes quadratic time for long dotted keys
(75 s for 100 KB) and runs out of stack on brackets, so nesting is limited here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from apitool.project.scan import Scan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.project.scan import KeyPath


class Spot(NamedTuple):
    """Line and column, both from 1. The column counts characters, as editors do."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """A key written twice: where first, where again."""

    key: KeyPath
    first: Spot
    again: Spot


@dataclass(frozen=True, slots=True)
class Positions:
    """The spots of all keys of one text."""

    offsets: Mapping[KeyPath, int]
    repeats: tuple[Repeat, ...]
    lines: Lines

    def at(self, key: KeyPath) -> Spot:
        """The spot of `key`, or of the nearest table around it that the text writes down."""
        while key and key not in self.offsets:
            key = key[:-1]
        return self.lines.spot(self.offsets[key]) if key else Spot(1, 1)


class Lines:
    """The lines of a text, to turn offsets into spots."""

    def __init__(self, text: str) -> None:
        self._starts = (0, *(newline.end() for newline in re.finditer("\n", text)))

    def spot(self, offset: int) -> Spot:
        line = bisect_right(self._starts, offset)
        return Spot(line, offset - self._starts[line - 1] + 1)


def positions(text: str) -> Positions:
    """Find every key of `text`, as far as it is TOML.

    Raises:
        TooDeepError: a key or a value nests deeper than `scan.MAX_DEPTH`.
    """
    found, lines = Scan(text).run(), Lines(text)
    repeats = (Repeat(key, lines.spot(found.offsets[key]), lines.spot(again)) for key, again in found.repeats)
    return Positions(found.offsets, tuple(repeats), lines)
