"""A template's text -> its nodes: plain text, references and directives."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from apitool.proxy.velocity.errors import TemplateError
from apitool.proxy.velocity.expressions import ExpressionParser
from apitool.proxy.velocity.nodes import Break, Call, Define, Foreach, If, Macro, Reference, Set, Stop, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from apitool.proxy.velocity.nodes import Block, Expression, Node

_PLAIN = re.compile(r"[^$#\\]+")
_ESCAPED = re.compile(r"(\\+)(?=[$#])")
_COMMENT = re.compile(r"##[^\n]*\n?|#\*.*?\*#", re.DOTALL)
_RAW = re.compile(r"#\[\[(.*?)\]\]#", re.DOTALL)
_DIRECTIVE = re.compile(r"#(?:([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)\})")
_END_OF_LINE = re.compile(r"[ \t]*\r?\n")  # swallowed after a directive
_MACRO_SEPARATOR = re.compile(r"\s*,?\s*")
_BLOCK_ENDS = ("end", "else", "elseif")
_NOT_HERE = {
    "include",
    "parse",
    "evaluate",
}  # need files, or run text as a template


@lru_cache(maxsize=512)
def parse(text: str) -> Block:
    """A template's nodes.

    Raises:
        TemplateError: it is not a Velocity template.
    """
    try:
        return TemplateParser(text).whole()
    except RecursionError:
        raise TemplateError("nested too deeply", 1) from None


class TemplateParser(ExpressionParser):
    def nested(self, text: str, line: int) -> Block:
        with self.deeper():
            inner = TemplateParser(text, line)
            inner.within = True
            inner._depth = self._depth
            return inner.whole()

    def whole(self) -> Block:
        block, end = self._block()
        if end:
            raise self.error(f"`#{end}` without the directive it belongs to")
        return block

    def _block(self, opened: str = "", start: int = 0) -> tuple[Block, str]:
        """Nodes up to `#end`, `#else` or `#elseif`, which is stepped over and returned; "" at the end.

        `opened` is the directive that wants the end, which opens at `start` or a little before.
        """
        nodes: list[Node] = []
        with self.deeper():
            while not self.finished:
                end = self._block_end()
                if end:
                    return tuple(nodes), end
                nodes.extend(self._node())
        if opened:
            raise self.error(f"`#{opened}` has no `#end`", self.text.rfind("#", 0, start))
        return tuple(nodes), ""

    def _block_end(self) -> str:
        found = _DIRECTIVE.match(self.text, self.at)
        name = (found[1] or found[2]) if found else ""
        if found is None or name not in _BLOCK_ENDS:
            return ""
        self.at = found.end()
        if name != "elseif":
            self.take(_END_OF_LINE)
        return name

    def _node(self) -> tuple[Node, ...]:
        if plain := self.take(_PLAIN):
            return (Text(plain[0]),)
        if self.take(_COMMENT):
            return ()
        if raw := self.take(_RAW):
            return (Text(raw[1]),)
        if self.text.startswith("\\", self.at):
            return (self._backslashes(),)
        found = self.reference() if self.text.startswith("$", self.at) else self._directive()
        return (found,) if found else (self._one_character(),)

    def _backslashes(self) -> Text:
        r"""`\$` is a dollar sign, `\\` before one a backslash; any other backslash is itself."""
        found = self.take(_ESCAPED)
        if found is None:
            return self._one_character()
        slashes = len(found[1])
        escaped = self._one_character().text if slashes % 2 else ""
        return Text("\\" * (slashes // 2) + escaped)

    def _one_character(self) -> Text:
        self.at += 1
        return Text(self.text[self.at - 1])

    def _directive(self) -> Node | None:
        start, line = self.at, self.line
        found = self.take(_DIRECTIVE)
        name = (found[1] or found[2]) if found else ""
        if name in _NOT_HERE:
            raise self.error(f"`#{name}` is not available in mapping templates", start)
        read = self._directives().get(name)
        if read is not None:
            return read()
        if name and self.text.startswith("(", self.at):
            return self._call(name, start, line)
        self.at = start
        return None

    def _directives(self) -> dict[str, Callable[[], Node]]:
        return {
            "set": self._set,
            "if": self._if,
            "foreach": self._foreach,
            "macro": self._macro,
            "define": self._define,
            "break": Break,
            "stop": Stop,
        }

    def _set(self) -> Set:
        self.expect("(", "after `#set`")
        self.spaces()
        target = self.reference()
        if target is None:
            raise self.error(f"expected a reference to set, found {self.seen()}")
        self.expect("=", "after the reference")
        value = self.expression()
        self.expect(")", "to end `#set`")
        self.take(_END_OF_LINE)
        return Set(target, value)

    def _if(self) -> If:
        branches: list[tuple[Expression, Block]] = []
        end, start = "elseif", self.at
        while end == "elseif":
            condition = self._condition()
            block, end = self._block("if", start)
            branches.append((condition, block))
        otherwise: Block = ()
        if end == "else":
            otherwise, end = self._block("if", start)
        if end != "end":
            raise self.error(f"`#{end}` after `#else`")
        return If(tuple(branches), otherwise)

    def _condition(self) -> Expression:
        self.expect("(", "after `#if`")
        condition = self.expression()
        self._close("the condition")
        return condition

    def _foreach(self) -> Foreach:
        line, start = self.line, self.at
        self.expect("(", "after `#foreach`")
        self.spaces()
        item = self._plain_reference("`#foreach`")
        self.expect("in", "after the loop's variable")
        items = self.expression()
        self._close("`#foreach`")
        return Foreach(item, items, self._body("foreach", start), line)

    def _macro(self) -> Macro:
        start = self.at
        self.expect("(", "after `#macro`")
        self.spaces()
        name = self._name()
        parameters: list[str] = []
        while self.take(_MACRO_SEPARATOR) and self.text.startswith("$", self.at):
            parameters.append(self._plain_reference("`#macro`"))
        self._close("`#macro`")
        return Macro(name, tuple(parameters), self._body("macro", start))

    def _define(self) -> Define:
        start = self.at
        self.expect("(", "after `#define`")
        self.spaces()
        name = self._plain_reference("`#define`")
        self._close("`#define`")
        return Define(name, self._body("define", start))

    def _call(self, name: str, start: int, line: int) -> Call | None:
        """`#name($a $b)`, arguments with commas between them or spaces; text if it does not read as one."""
        self.at += 1
        arguments: list[Expression] = []
        try:
            while self.take(_MACRO_SEPARATOR) and not self.literal(")"):
                arguments.append(self.expression())
        except TemplateError:
            self.at = start
            return None
        return Call(name, tuple(arguments), self.text[start : self.at], line)

    def _body(self, directive: str, start: int) -> Block:
        block, end = self._block(directive, start)
        if end != "end":
            raise self.error(f"`#{end}` inside `#{directive}`")
        return block

    def _plain_reference(self, directive: str) -> str:
        found = self.reference()
        if not isinstance(found, Reference) or found.steps:
            raise self.error(f"expected a variable for {directive}, found {self.seen()}")
        return found.name

    def _close(self, what: str) -> None:
        self.expect(")", f"to end {what}")
        self.take(_END_OF_LINE)
