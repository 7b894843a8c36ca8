"""Reading TOML for its keys: the offset of every key and array element, however it is written.

Dotted, quoted, in a table header, in an inline table, in an array of tables. Values are only passed over. It
runs before the real parser, on text that may not be TOML at all: it stops at the first thing it does not know
and keeps what it has.
"""

from __future__ import annotations

import contextlib
import re
import tomllib
from dataclasses import dataclass, field

KeyPath = tuple[str | int, ...]
"""From the top of the document: names of keys, and indexes into arrays."""

MAX_DEPTH = 16  # keys and brackets; the deepest legal path of an apitool.toml has 4

_BLANK = re.compile(r"[ \t]*")
_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
_TEXT = re.compile(
    r'''"""(?:[^\\]|\\.)*?"""(?:"{0,2})'''
    r"""|'''.*?'''(?:'{0,2})"""
    r'''|"(?:[^"\\\n]|\\.)*"'''
    r"""|'[^'\n]*'""",
    re.DOTALL,
)
_BARE_VALUE = re.compile(r"[^,\[\]{}#\r\n]+")


class TooDeepError(ValueError):
    """The text nests deeper than `MAX_DEPTH`, at `offset`."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"nested more than {MAX_DEPTH} levels deep")
        self.offset = offset


class _StopError(Exception):
    """The text is not TOML at the cursor."""


@dataclass(slots=True)
class Scan:
    """What was found: the offset of each key's first occurrence, and keys that were written again."""

    text: str
    cursor: int = 0
    offsets: dict[KeyPath, int] = field(default_factory=dict)
    repeats: list[tuple[KeyPath, int]] = field(default_factory=list)
    _written: set[KeyPath] = field(default_factory=set)  # tables with a header, keys with a value
    _elements: dict[KeyPath, int] = field(default_factory=dict)  # last index of each array of tables

    def run(self) -> Scan:
        """Read to the end, or as far as it is TOML.

        Raises:
            TooDeepError: a key or a value nests deeper than `MAX_DEPTH`.
        """
        with contextlib.suppress(_StopError):  # the parser will say what is wrong, and better
            self._document()
        return self

    def _document(self) -> None:
        table: KeyPath = ()
        while self._skip(_GAP) < len(self.text):
            if self._takes("[["):
                table = self._header(element=True)
                self._expect("]]")
            elif self._takes("["):
                table = self._header(element=False)
                self._expect("]")
            else:
                self._pair(table)

    def _header(self, *, element: bool) -> KeyPath:
        *outer, (name, start) = self._key_parts()
        table = (*self._note((), outer), name)
        if element:
            self.offsets.setdefault(table, start)
            self._elements[table] = self._elements.get(table, -1) + 1
        if table in self._elements:
            table = (*table, self._elements[table])
            self.offsets.setdefault(table, start)
        else:
            self._write(table, start, fresh=table not in self._written)
        return table

    def _pair(self, table: KeyPath) -> None:
        *outer, (name, start) = self._key_parts()
        key = (*self._note(table, outer), name)
        self._write(key, start, fresh=key not in self.offsets)
        self._expect("=")
        self._value(key)

    def _note(self, table: KeyPath, parts: list[tuple[str, int]]) -> KeyPath:
        """Note the tables that a dotted key passes through, and return the path of the last."""
        for name, start in parts:
            table = (*table, name)
            self.offsets.setdefault(table, start)
            if table in self._elements:
                table = (*table, self._elements[table])
        return table

    def _write(self, key: KeyPath, start: int, *, fresh: bool) -> None:
        if not fresh:
            self.repeats.append((key, start))
        self.offsets.setdefault(key, start)
        self._written.add(key)

    def _key_parts(self) -> list[tuple[str, int]]:
        parts = []
        while True:
            self._skip(_BLANK)
            parts.append((_unquoted(self._match(_KEY)), self.cursor))
            self.cursor += len(self._match(_KEY))
            self._deeper_than_allowed(len(parts))
            self._skip(_BLANK)
            if not self._takes("."):
                return parts

    def _value(self, key: KeyPath) -> None:
        self._deeper_than_allowed(len(key))
        self._skip(_BLANK)
        if self._takes("["):
            self._array(key)
        elif self._takes("{"):
            self._inline_table(key)
        else:
            pattern = _TEXT if self.text[self.cursor : self.cursor + 1] in {'"', "'"} else _BARE_VALUE
            self.cursor += len(self._match(pattern))

    def _array(self, key: KeyPath) -> None:
        index = 0
        while not self._closes("]"):
            self.offsets.setdefault((*key, index), self.cursor)
            self._value((*key, index))
            index += 1
            self._comma("]")

    def _inline_table(self, key: KeyPath) -> None:
        while not self._closes("}"):
            self._pair(key)
            self._comma("}")

    def _closes(self, bracket: str) -> bool:
        self._skip(_GAP)
        return self._takes(bracket)

    def _comma(self, bracket: str) -> None:
        self._skip(_GAP)
        if not self._takes(",") and not self.text.startswith(bracket, self.cursor):
            raise _StopError

    def _skip(self, pattern: re.Pattern[str]) -> int:
        """Move over what `pattern` matches; where that leaves the cursor."""
        if found := pattern.match(self.text, self.cursor):
            self.cursor = found.end()
        return self.cursor

    def _takes(self, mark: str) -> bool:
        if not self.text.startswith(mark, self.cursor):
            return False
        self.cursor += len(mark)
        return True

    def _expect(self, mark: str) -> None:
        self._skip(_BLANK)
        if not self._takes(mark):
            raise _StopError

    def _match(self, pattern: re.Pattern[str]) -> str:
        if found := pattern.match(self.text, self.cursor):
            return found[0]
        raise _StopError

    def _deeper_than_allowed(self, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise TooDeepError(self.cursor)


def _unquoted(key: str) -> str:
    """The name that a key spells."""
    if key[0] not in {'"', "'"}:
        return key
    if "\\" not in key:
        return key[1:-1]
    try:
        name: str = tomllib.loads(f"name = {key}")["name"]
    except tomllib.TOMLDecodeError:
        raise _StopError from None
    return name
