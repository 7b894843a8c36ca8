"""Running a template: its text with references filled in."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from apitool.proxy.velocity import nodes
from apitool.proxy.velocity.access import items_of, put
from apitool.proxy.velocity.budget import Budget
from apitool.proxy.velocity.errors import TemplateError
from apitool.proxy.velocity.evaluate import Evaluator
from apitool.proxy.velocity.templates import parse
from apitool.proxy.velocity.values import is_true, printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class _StopError(Exception):
    """`#stop`."""


class _BreakError(Exception):
    """`#break`."""


def render(template: str, variables: Mapping[str, object]) -> str:
    """A template's text. Maps and lists among the variables can be changed by it.

    Raises:
        TemplateError: it can't be parsed or run, or exceeds a limit.
    """
    block = parse(template)
    run = _Run(variables)
    try:
        with contextlib.suppress(_StopError):
            run.block(block)
    except _BreakError:
        raise run.budget.error("`#break` outside `#foreach`") from None
    except TemplateError:
        raise
    except (RecursionError, ValueError) as error:
        raise run.budget.error(str(error)[:100]) from None
    return "".join(run.written)


class _Run:
    """One template being run. Names are global, as in Velocity; a loop's variable ends with its loop."""

    def __init__(self, variables: Mapping[str, object]) -> None:
        self.written: list[str] = []
        self.budget = Budget()
        self._evaluator = Evaluator(variables, self.budget, self._text_of)
        self._macros: dict[str, nodes.Macro] = {}

    def block(self, block: nodes.Block) -> None:
        for node in block:
            self.budget.step()
            self._node(node)

    def _node(self, node: nodes.Node) -> None:
        match node:
            case nodes.Text():
                self._write(node.text)
            case nodes.Reference():
                self._write(printed(self._evaluator.found(node)))
            case nodes.Set():
                self._set(node)
            case nodes.If() | nodes.Foreach() | nodes.Call():
                self._flow(node)
            case nodes.Macro():
                self._macros.setdefault(node.name, node)
            case nodes.Define():
                self._evaluator.names[node.name] = node
            case nodes.Break() | nodes.Stop():
                raise _BreakError if isinstance(node, nodes.Break) else _StopError

    def _flow(self, node: nodes.If | nodes.Foreach | nodes.Call) -> None:
        match node:
            case nodes.If():
                self._if(node)
            case nodes.Foreach():
                self._foreach(node)
            case nodes.Call():
                self._call(node)

    def _write(self, text: str) -> None:
        self.budget.write(text)
        self.written.append(text)

    def _text_of(self, block: nodes.Block) -> str:
        """A block's text, instead of writing it."""
        outer, self.written = self.written, []
        self.budget.call()
        try:
            self.block(block)
            return "".join(self.written)
        finally:
            self.written = outer
            self.budget.returned()

    def _if(self, node: nodes.If) -> None:
        for condition, block in node.branches:
            if is_true(self._evaluator.value(condition)):
                self.block(block)
                return
        self.block(node.otherwise)

    def _foreach(self, node: nodes.Foreach) -> None:
        items = items_of(self._evaluator.value(node.items))
        self.budget.line = node.line
        self.budget.iterate(len(items))
        with self._names_kept(node.variable, "foreach", "velocityCount"), contextlib.suppress(_BreakError):
            for index, item in enumerate(items):
                loop = _loop_state(index, len(items))
                names = {node.variable: item, "foreach": loop, "velocityCount": index + 1}
                self._evaluator.names.update(names)
                self.block(node.body)

    def _call(self, node: nodes.Call) -> None:
        macro = self._macros.get(node.name)
        if macro is None:
            self._write(node.source)
            return
        self.budget.line = node.line
        self.budget.call()
        given = [self._evaluator.value(argument) for argument in node.arguments]
        given += [None] * (len(macro.parameters) - len(given))
        with self._names_kept(*macro.parameters):
            self._evaluator.names.update(zip(macro.parameters, given, strict=False))
            self.block(macro.body)
        self.budget.returned()

    @contextlib.contextmanager
    def _names_kept(self, *names: str) -> Iterator[None]:
        """These names mean afterwards what they meant before."""
        known = self._evaluator.names
        before = {name: known.get(name) for name in names}
        try:
            yield
        finally:
            known.update(before)

    def _set(self, node: nodes.Set) -> None:
        value = self._evaluator.value(node.value)
        target = node.target
        if not target.steps:
            self._evaluator.names[target.name] = value
            return
        holder = self._evaluator.found(nodes.Reference(target.name, target.steps[:-1], target.line))
        key = self._evaluator.key(target.steps[-1])
        if not put(holder, key, value):
            raise TemplateError(f"can't set `{printed(key)[:40]}` of what is no map", target.line)


def _loop_state(index: int, size: int) -> dict[str, object]:
    return {
        "index": index,
        "count": index + 1,
        "hasNext": index + 1 < size,
        "first": index == 0,
        "last": index + 1 == size,
    }
