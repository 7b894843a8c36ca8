"""The value of an expression, given the names known so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.velocity import access, nodes
from apitool.proxy.velocity.arithmetic import combine
from apitool.proxy.velocity.values import is_true, printed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from apitool.proxy.velocity.budget import Budget


_Made = nodes.Interpolated | nodes.Not | nodes.ListOf | nodes.MapOf | nodes.Range


class Evaluator:
    """Evaluates expressions. `text_of` runs a block, for strings with references and defined blocks."""

    def __init__(
        self, variables: Mapping[str, object], budget: Budget, text_of: Callable[[nodes.Block], str]
    ) -> None:
        self.names: dict[str, object] = dict(variables)
        self._budget = budget
        self._text_of = text_of

    def value(self, node: nodes.Expression) -> object:
        self._budget.step()
        match node:
            case nodes.Literal():
                return node.value
            case nodes.Reference():
                return self.found(node)
            case nodes.Binary():
                return self._combined(node)
            case _:
                return self._made(node)

    def found(self, reference: nodes.Reference) -> object:
        """What a reference refers to; None for nothing. A defined block is run now."""
        value = self.names.get(reference.name)
        self._budget.line = reference.line
        if isinstance(value, nodes.Define):
            value = self._text_of(value.body)
        for step in reference.steps:
            if value is None:
                return None
            value = self._stepped(value, step, reference.line)
        return value

    def key(self, step: nodes.Step) -> object:
        """What `#set` may set of a holder."""
        match step:
            case nodes.Property():
                return step.name
            case nodes.Index():
                return self.value(step.at)
            case nodes.Method():
                raise self._budget.error(f"can't set the result of `{step.name}()`")

    def _stepped(self, value: object, step: nodes.Step, line: int) -> object:
        match step:
            case nodes.Property():
                return access.member(value, step.name)
            case nodes.Index():
                return access.indexed(value, self.value(step.at))
            case nodes.Method():
                arguments = tuple(self.value(argument) for argument in step.arguments)
                self._budget.line = line
                return self._limited(access.called(value, step.name, arguments, self._budget))

    def _combined(self, node: nodes.Binary) -> object:
        """`&&` and `||` look at their right side only when they have to."""
        left = self.value(node.left)
        if node.operator == "&&":
            return is_true(left) and is_true(self.value(node.right))
        if node.operator == "||":
            return is_true(left) or is_true(self.value(node.right))
        right = self.value(node.right)
        self._budget.line = node.line
        return self._limited(combine(node.operator, left, right))

    def _made(
        self, node: nodes.Interpolated | nodes.Not | nodes.ListOf | nodes.MapOf | nodes.Range
    ) -> object:
        match node:
            case nodes.Interpolated():
                return self._text_of(node.body)
            case nodes.Not():
                return not is_true(self.value(node.operand))
            case nodes.ListOf():
                return [self.value(item) for item in node.items]
            case nodes.MapOf():
                return {printed(self.value(key)): self.value(item) for key, item in node.pairs}
            case nodes.Range():
                return self._range(node)

    def _range(self, node: nodes.Range) -> object:
        first, last = self.value(node.first), self.value(node.last)
        if not isinstance(first, int) or not isinstance(last, int):
            return None
        self._budget.line = node.line
        self._budget.iterate(abs(last - first) + 1)
        step = 1 if first <= last else -1
        return list(range(first, last + step, step))

    def _limited(self, value: object) -> object:
        if isinstance(value, str):
            self._budget.hold(len(value))
        return value
