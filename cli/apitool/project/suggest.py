"""The nearest known word to one nobody knows."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from apitool.project import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST_WORD = 100  # characters compared; difflib takes quadratic time
_MOST_LISTED = 12  # words; a longer list helps nobody


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, regardless of case, or None when nothing is near."""
    by_lower = {each.lower(): each for each in known}
    matches = difflib.get_close_matches(word[:_LONGEST_WORD].lower(), by_lower, n=1)
    return by_lower[matches[0]] if matches else None


def instead(word: str, known: Iterable[str], *, kind: str) -> str:
    """What to write instead of `word`: the nearest known word, or all of them. `kind` names them: `keys`."""
    choices = list(known)
    if (match := closest(word, choices)) is not None:
        return f"did you mean `{shown.text(match)}`?"
    if not choices:
        return f"there are no {kind} yet"
    more = ", …" if len(choices) > _MOST_LISTED else ""
    return f"the {kind} are {', '.join(map(shown.text, choices[:_MOST_LISTED]))}{more}"
