"""As much of a value as its expression shows. What it hides is taken to be right."""

from __future__ import annotations

import ast
from typing import Any

_TEXT_CALLS = frozenset({"json.dumps", "dumps", "str", "repr"})
_TEXT_METHODS = frozenset({"decode", "format", "join", "upper", "lower", "strip", "isoformat", "hex"})
# What stands for a hidden member of a response, so that only what is visible is judged.
_HARMLESS: dict[str, Any] = {
    "statusCode": 200,
    "body": "",
    "headers": {},
    "multiValueHeaders": {},
    "isBase64Encoded": False,
    "policyDocument": {"Statement": []},
    "context": {},
}


class HiddenError(Exception):
    """The expression does not show its value."""


def value_of(node: ast.expr) -> object:
    """The value as JSON has it. Raises HiddenError where it can't be seen, members of objects aside."""
    match node:
        case ast.Constant(value=value) if value is None or isinstance(value, bool | int | float | str):
            return value
        case ast.JoinedStr():
            return ""
        case ast.Dict():
            return _object(node)
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return [value_of(item) for item in items]
        case ast.Call() if _is_text(node):
            return "text"
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
            return -number
        case _:
            raise HiddenError


def _object(node: ast.Dict) -> dict[str, object]:
    made: dict[str, object] = {}
    for key, item in zip(node.keys, node.values, strict=True):
        if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
            raise HiddenError  # `**more`, or a computed key: anything may be in there
        try:
            made[key.value] = value_of(item)
        except HiddenError:
            made[key.value] = _HARMLESS.get(key.value, "hidden")
    return made


def _is_text(call: ast.Call) -> bool:
    name = ast.unparse(call.func)
    return name in _TEXT_CALLS or (isinstance(call.func, ast.Attribute) and call.func.attr in _TEXT_METHODS)
