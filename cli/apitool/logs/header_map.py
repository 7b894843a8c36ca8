"""Maps as the execution log prints them, Java's way: `{mode=raise, Accept=text/html, */*}`.

Nothing in them is escaped, so a value may hold `, `; a new entry starts only where a header name and `=`
follow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from apitool.proxy.execution_log import TRUNCATED

_ENTRY = re.compile(r", (?=[!#$%&'*+.^_`|~0-9A-Za-z-]+=)")


@dataclass(frozen=True, slots=True)
class HeaderMap:
    """Names and values in the order printed. `truncated`: the log cut the last value, or more."""

    pairs: tuple[tuple[str, str], ...] = ()
    truncated: bool = False

    def get(self, name: str) -> str | None:
        """The first value of a name, whatever its case."""
        lower = name.lower()
        return next((value for key, value in self.pairs if key.lower() == lower), None)

    def __str__(self) -> str:
        inside = ", ".join(f"{name}={value}" for name, value in self.pairs)
        return f"{{{inside}{TRUNCATED if self.truncated else '}'}"


def parse(text: str) -> HeaderMap:
    """Read a printed map; never fails, text without `=` makes no entry."""
    truncated = text.endswith(TRUNCATED)
    inside = text.removesuffix(TRUNCATED).removeprefix("{")
    if not truncated:
        inside = inside.removesuffix("}")
    entries = (entry.partition("=") for entry in _ENTRY.split(inside))
    return HeaderMap(tuple((name, value) for name, equals, value in entries if equals), truncated)
