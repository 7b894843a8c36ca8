"""Expressions: literals, references, arithmetic and comparisons, in Velocity's order of precedence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apitool.proxy.velocity.nodes import (
    Binary,
    Index,
    Interpolated,
    ListOf,
    Literal,
    MapOf,
    Method,
    Not,
    Property,
    Range,
    Reference,
)
from apitool.proxy.velocity.scanner import Scanner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.proxy.velocity.nodes import Block, Expression, Step

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*|_[A-Za-z0-9_-]+")
_START = re.compile(r"\$!?(\{?)(?=[A-Za-z_])")
_NUMBER = re.compile(r"-?\d+(?:\.\d+(?:[eE][+-]?\d+)?)?")
_SINGLE = re.compile(r"'((?:[^']|'')*)'")
_DOUBLE = re.compile(r'"((?:[^"]|"")*)"')
_WORD = re.compile(r"(true|false|null)\b")
_NOT = re.compile(r"!|not\b")
_LEVELS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(rf"\s*({level})\s*")
    for level in (
        r"\|\||or\b",
        r"&&|and\b",
        r"==|!=|eq\b|ne\b",
        r"<=|>=|<|>|lt\b|le\b|gt\b|ge\b",
        r"[+-]",
        r"[*/%]",
    )
)
"""Binary operators, the loosest first."""
_WORDS = {"true": True, "false": False, "null": None}
_AS_SYMBOL = {
    "or": "||",
    "and": "&&",
    "eq": "==",
    "ne": "!=",
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
}


class ExpressionParser(Scanner):
    def nested(self, text: str, line: int) -> Block:
        """The template inside a string in double quotes."""
        raise NotImplementedError

    def expression(self) -> Expression:
        with self.deeper():
            return self._binary(0)

    def _binary(self, level: int) -> Expression:
        if level == len(_LEVELS):
            return self._unary()
        left = self._binary(level + 1)
        while operator := self.take(_LEVELS[level]):
            symbol = _AS_SYMBOL.get(operator[1], operator[1])
            left = Binary(symbol, left, self._binary(level + 1), self.line)
        return left

    def reference(self) -> Reference | None:
        """A reference, if one starts here."""
        line = self.line
        start = self.take(_START)
        if start is None:
            return None
        name = self._name()
        steps = self._steps(braced=bool(start[1]))
        if start[1] and not self.literal("}"):
            raise self.error(f"expected `}}` to end `${{{name}`, found {self.seen()}")
        return Reference(name, steps, line)

    def _name(self) -> str:
        found = self.take(NAME)
        if found is None:
            raise self.error(f"expected a name, found {self.seen()}")
        return found[0]

    def _steps(self, *, braced: bool) -> tuple[Step, ...]:
        steps: list[Step] = []
        while step := self._step(braced=braced):
            steps.append(step)
        return tuple(steps)

    def _step(self, *, braced: bool) -> Step | None:
        if self.text.startswith("[", self.at):
            return self._index(braced=braced)
        if not (self.text.startswith(".", self.at) and NAME.match(self.text, self.at + 1)):
            return None  # a full stop that ends a sentence
        self.at += 1
        name = self._name()
        if not self.text.startswith("(", self.at):
            return Property(name)
        self.at += 1
        with self.deeper():
            return Method(name, self._items(")"))

    def _index(self, *, braced: bool) -> Index | None:
        """`[0]`, `["name"]`, `[$i]`. Outside braces, brackets that hold something else are text."""
        start = self.at
        self.at += 1
        self.spaces()
        if not braced and not re.match(r"""[-\d$"']""", self.text[self.at : self.at + 1]):
            self.at = start
            return None
        at = self.expression()
        self.expect("]", "to end the index")
        return Index(at)

    def _items(self, end: str) -> tuple[Expression, ...]:
        """Expressions with commas between them, up to and with `end`."""
        self.spaces()
        return () if self.literal(end) else (self.expression(), *self._more(end))

    def _unary(self) -> Expression:
        self.spaces()
        if self.take(_NOT):
            with self.deeper():
                return Not(self._unary())
        return self._primary()

    def _primary(self) -> Expression:
        if self.literal("("):
            inner = self.expression()
            self.expect(")", "to end the bracket")
            return inner
        found = self._literal() or self.reference()
        if found is None:
            raise self.error(f"expected a value, found {self.seen()}")
        return found

    def _literal(self) -> Expression | None:
        line = self.line
        if number := self.take(_NUMBER):
            return self._number(number[0])
        if word := self.take(_WORD):
            return Literal(_WORDS[word[1]])
        if single := self.take(_SINGLE):
            return Literal(single[1].replace("''", "'"))
        if double := self.take(_DOUBLE):
            text = double[1].replace('""', '"')
            plain = "$" not in text and "#" not in text
            return Literal(text) if plain else Interpolated(self.nested(text, line))
        if self.literal("["):
            return self._list(line)
        return self._map() if self.literal("{") else None

    def _number(self, text: str) -> Literal:
        if len(text) > 100:  # noqa: PLR2004 - digits; more than any number a template counts with
            raise self.error("a number of more than 100 digits")
        return Literal(float(text) if "." in text else int(text))

    def _list(self, line: int) -> Expression:
        self.spaces()
        if self.literal("]"):
            return ListOf(())
        first = self.expression()
        self.spaces()
        if self.literal(".."):
            last = self.expression()
            self.expect("]", "to end the range")
            return Range(first, last, line)
        return ListOf((first, *self._more("]")))

    def _more(self, end: str) -> Iterator[Expression]:
        """What follows the first of several expressions, up to and with `end`."""
        self.spaces()
        while not self.literal(end):
            self.expect(",", "between two values")
            yield self.expression()
            self.spaces()

    def _map(self) -> MapOf:
        pairs: list[tuple[Expression, Expression]] = []
        self.spaces()
        while not self.literal("}"):
            if pairs:
                self.expect(",", "between two pairs")
            key = self.expression()
            self.expect(":", "after the key")
            pairs.append((key, self.expression()))
            self.spaces()
        return MapOf(tuple(pairs))
