"""Text from outside (AWS, Terraform, logs, files), fit for a terminal: nothing moves the cursor or hides."""

from __future__ import annotations

import unicodedata

_SPACE = "Zs"  # the category of blanks: not printable to Python, and harmless


def visible(text: str, *, keep: str = "\n\t") -> str:
    """`text` with hidden and moving characters as escapes, but for those of `keep`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(each if each in keep or not _hides(each) else _escape(each) for each in text)


def visible_line(text: str) -> str:
    """The same on one line: a line of foreign text can't pass for one of ours."""
    return " ".join(visible(text).split())


def _hides(character: str) -> bool:
    return not character.isprintable() and unicodedata.category(character) != _SPACE


def _escape(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")
