"""A handler that visibly speaks to the other integration: AWS_PROXY and AWS are switched.

The two want different things of both sides of a handler, and nothing says so when it is called: the object
`{"statusCode": …, "body": …}` goes out through AWS as the client's body, with status 200;
`event["httpMethod"]` is only in the event of AWS_PROXY, `event["customer"]` only in one that a template made.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.check.literal import HiddenError, value_of
from apitool.check.returns import plain_handler, shown_returns
from apitool.proxy.response_shape import KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator

RULE = "integration-switched"
WHY = (
    "The function gets another event and its answer is read another way: every call fails, or silently "
    "answers 200 with the wrong body."
)
CURE = "Keep AWS_PROXY, or change the function and its mapping templates together."
PROXY_EVENT = frozenset(
    {
        "body",
        "headers",
        "httpMethod",
        "isBase64Encoded",
        "multiValueHeaders",
        "multiValueQueryStringParameters",
        "path",
        "pathParameters",
        "queryStringParameters",
        "requestContext",
        "resource",
        "stageVariables",
    }
)
"""All keys of an AWS_PROXY event."""
_TELLING = PROXY_EVENT - {"body", "headers", "path", "resource"}  # no client would send these in a body


@dataclass(frozen=True, slots=True)
class Sign:
    """What gives the handler away, in words, and where it stands; lines and columns count from 1."""

    what: str
    seen: str
    line: int
    column: int


def is_envelope(value: object) -> bool:
    """Whether it is an answer for AWS_PROXY, and nothing else."""
    return isinstance(value, dict) and "statusCode" in value and value.keys() <= {*KEYS}


def speaks_proxy(module: ast.Module, handler: str, *, mapped: str) -> list[Sign]:
    """Signs of a handler written for AWS_PROXY. `mapped` is the text of all mapping templates of its routes.

    What a template mentions, it makes or reads: that is no sign.
    """
    function = plain_handler(module, handler)
    if function is None:
        return []
    found = [] if "statusCode" in mapped else list(_envelopes(function))
    for node, key in _keys_read(function):
        if key in _TELLING and key not in mapped:
            what = f"reads `{key}`, which only the event of AWS_PROXY has"
            found.append(Sign(what, ast.unparse(node), node.lineno, node.col_offset + 1))
    return found


def speaks_mapped(module: ast.Module, handler: str) -> list[Sign]:
    """Signs of a handler written for mapping templates: it takes from its event what AWS_PROXY has not.

    Only a handler that takes nothing else: one that also serves a queue looks where its event comes from.
    """
    function = plain_handler(module, handler)
    if function is None:
        return []
    read = list(_keys_read(function))
    if any(key in PROXY_EVENT for _, key in read) or any(_asks(node) for node in ast.walk(function)):
        return []
    return [
        Sign(
            f"reads `{key}`, which the event of AWS_PROXY has not",
            ast.unparse(node),
            node.lineno,
            node.col_offset + 1,
        )
        for node, key in read
        if isinstance(node, ast.Subscript)
    ]


def _envelopes(function: ast.FunctionDef) -> Iterator[Sign]:
    for node in shown_returns(function):
        try:
            value = value_of(node)
        except HiddenError:
            continue
        if isinstance(value, dict) and is_envelope(value):
            what = "returns an answer of AWS_PROXY: the client gets all of it as the body, with status 200"
            yield Sign(what, f"{{{', '.join(value)}}}", node.lineno, node.col_offset + 1)


def _keys_read(function: ast.FunctionDef) -> Iterator[tuple[ast.expr, str]]:
    """`event["key"]` and `event.get("key")`, of the first argument."""
    event = function.args.args[0].arg if function.args.args else None
    for node in ast.walk(function):
        match node:
            case ast.Subscript(
                value=ast.Name(id=name), slice=ast.Constant(value=str() as key), ctx=ast.Load()
            ) if name == event:
                yield node, key
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=name), attr="get"),
                args=[ast.Constant(value=str() as key), *_],
            ) if name == event:
                yield node, key
            case _:
                pass


def _asks(node: ast.AST) -> bool:
    """`"Records" in event`: it knows that events differ."""
    return isinstance(node, ast.Compare) and any(isinstance(each, ast.In | ast.NotIn) for each in node.ops)
