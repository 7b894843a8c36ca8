"""A place in a template's text that moves forward as it is read."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from apitool.proxy.velocity.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST = 40  # levels of blocks and brackets below each other; far more than a template anybody reads
_SPACE = re.compile(r"\s*")


class Scanner:
    def __init__(self, text: str, first_line: int = 1) -> None:
        self.text = text
        self.at = 0
        self.within = False  # the text is a part of another, so its columns are not the reader's
        self._first_line = first_line
        self._depth = 0

    @property
    def line(self) -> int:
        return self._first_line + self.text.count("\n", 0, self.at)

    @property
    def finished(self) -> bool:
        return self.at >= len(self.text)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What matches here, and step over it; None leaves the place as it is."""
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def literal(self, text: str) -> bool:
        """Step over `text` if it stands here."""
        here = self.text.startswith(text, self.at)
        if here:
            self.at += len(text)
        return here

    def spaces(self) -> None:
        self.take(_SPACE)

    def expect(self, text: str, what: str) -> None:
        """Step over `text`, white space before it allowed.

        Raises:
            TemplateError: something else stands here.
        """
        self.spaces()
        if not self.literal(text):
            raise self.error(f"expected `{text}` {what}, found {self.seen()}")

    def error(self, what: str, at: int | None = None) -> TemplateError:
        """The error, at the offset `at` or here."""
        at = self.at if at is None else at
        line = self._first_line + self.text.count("\n", 0, at)
        return TemplateError(what, line, None if self.within else at - self.text.rfind("\n", 0, at))

    def seen(self) -> str:
        """What stands here, in a few characters."""
        rest = self.text[self.at : self.at + 20].split("\n")[0]
        return f"`{rest}`" if rest else "the end of the line" if not self.finished else "the end"

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One level down.

        Raises:
            TemplateError: too many levels.
        """
        if self._depth >= _DEEPEST:
            raise self.error(f"nested more than {_DEEPEST} levels deep")
        self._depth += 1
        yield
        self._depth -= 1
