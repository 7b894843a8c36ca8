"""What a handler visibly returns, held to the response contract; nothing is imported

Judged are the `return`s of the handler itself, as far as its source shows them: literals, and names bound
once to a literal and not changed afterwards. A decorated handler may return anything and is not judged.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jsonpointer import unescape

from apitool.check.literal import HiddenError, value_of
from apitool.proxy.authorizers.authorizer_output import grant_of
from apitool.proxy.response import judge_value
from apitool.proxy.verdict import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHANGING = frozenset({"update", "setdefault", "pop", "popitem", "clear"})
Judge = Callable[[object], "tuple[Finding, ...]"]
_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class BrokenReturn:
    """A finding of the contract, and where the value stands; lines and columns count from 1."""

    finding: Finding
    line: int
    column: int


def plain_handler(module: ast.Module, handler: str) -> ast.FunctionDef | None:
    """The function `handler`; None when it is decorated or a generator: anything may come of it."""
    function = next((node for node in module.body if _is_named(node, handler)), None)
    if not isinstance(function, ast.FunctionDef) or function.decorator_list:
        return None
    yields = any(isinstance(node, ast.Yield | ast.YieldFrom) for node in _own_nodes(function))
    return None if yields else function


def shown_returns(function: ast.FunctionDef) -> list[ast.expr]:
    """The expressions it returns, names that are bound once and not changed by what they are bound to."""
    own = list(_own_nodes(function))
    returned = (
        node.value or ast.copy_location(ast.Constant(None), node)
        for node in own
        if isinstance(node, ast.Return)
    )
    shown = (_bound_once(node.id, own) if isinstance(node, ast.Name) else node for node in returned)
    return [node for node in shown if node is not None]


def proxy_findings(value: object) -> tuple[Finding, ...]:
    """On what a function behind AWS_PROXY returns."""
    return judge_value(value).findings


def authorizer_findings(value: object) -> tuple[Finding, ...]:
    """On what a Lambda authorizer returns."""
    grant = grant_of(json.dumps(value, default=repr).encode())
    return (grant,) if isinstance(grant, Finding) else ()


def broken_returns(module: ast.Module, handler: str, judge: Judge = proxy_findings) -> list[BrokenReturn]:
    """Findings about every visible return of the function `handler`, in the order of the source."""
    function = plain_handler(module, handler)
    if function is None:
        return []
    if not any(isinstance(node, ast.Return) for node in _own_nodes(function)):
        return _never_returns(function, judge)
    return [broken for shown in shown_returns(function) for broken in _judged(shown, judge)]


def _judged(shown: ast.expr, judge: Judge) -> Iterator[BrokenReturn]:
    try:
        value = value_of(shown)
    except HiddenError:
        return
    for finding in judge(value):
        place = _member(shown, finding.pointer)
        yield BrokenReturn(finding, place.lineno, place.col_offset + 1)


def _never_returns(function: ast.FunctionDef, judge: Judge) -> list[BrokenReturn]:
    """Falling off the end returns None; a handler that ends in `raise` or a loop may never do that."""
    last = function.body[-1]
    if isinstance(last, ast.Raise | ast.While | ast.Try | ast.With | ast.If | ast.For | ast.Match):
        return []
    return [BrokenReturn(finding, function.lineno, function.col_offset + 1) for finding in judge(None)]


def _bound_once(name: str, own: list[ast.AST]) -> ast.expr | None:
    """The expression a name is bound to, where that is all that ever happens to it."""
    values = [
        node.value
        for node in own
        if isinstance(node, ast.Assign)
        and len(node.targets) == 1
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id == name
    ]
    if len(values) != 1 or any(_may_change(node, name) for node in own):
        return None
    return values[0]


def _may_change(node: ast.AST, name: str) -> bool:
    match node:
        case ast.Subscript(value=ast.Name(id=found), ctx=ast.Store() | ast.Del()):
            return found == name
        case ast.Subscript(value=ast.Subscript(), ctx=ast.Store() | ast.Del()):
            return any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(node))
        case ast.Call(func=ast.Attribute(value=ast.Name(id=found), attr=method)) if found == name:
            return method in _CHANGING
        case ast.Call(args=arguments):
            return any(isinstance(each, ast.Name) and each.id == name for each in arguments)
        case ast.AugAssign(target=ast.Name(id=found)) | ast.AnnAssign(target=ast.Name(id=found)):
            return found == name
        case _:
            return False


def _own_nodes(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """Everything in the function but what belongs to functions and classes inside it."""
    todo: list[ast.AST] = list(reversed(function.body))
    while todo:
        node = todo.pop()
        yield node
        if not isinstance(node, _Function | ast.Lambda | ast.ClassDef):
            todo += reversed(list(ast.iter_child_nodes(node)))


def _member(node: ast.expr, pointer: str) -> ast.expr:
    """The expression a JSON pointer leads to, as far as it leads."""
    for part in pointer.split("/")[1:]:
        if not isinstance(node, ast.Dict):
            break
        name = unescape(part)
        for key, item in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and key.value == name:
                node = item
                break
        else:
            break
    return node


def _is_named(node: ast.stmt, name: str) -> bool:
    return isinstance(node, _Function) and node.name == name
