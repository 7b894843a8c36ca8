"""Mapping expressions of response parameters: `'static'`, `method.request.header.X`, `context.X`, …

Enough of AWS's mapping language for gateway responses and MOCK integrations; JSON paths into bodies are not
supported and give nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apitool.proxy.query import decode_query
from apitool.proxy.request import last_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.proxy.request import Request


@dataclass(frozen=True, slots=True)
class Sources:
    """What an expression can refer to. `context` is keyed without `$context.`."""

    request: Request
    path_parameters: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, str] = field(default_factory=dict)
    stage_variables: Mapping[str, str] = field(default_factory=dict)


def static_value(expression: str) -> str | None:
    """`'*'` -> `*`; None when the expression is not a quoted constant."""
    quoted = len(expression) > 1 and expression.startswith("'") and expression.endswith("'")
    return expression[1:-1] if quoted else None


def mapped_value(expression: str, sources: Sources) -> str | None:
    """The value of an expression; None when it refers to nothing."""
    static = static_value(expression)
    if static is not None:
        return static
    for prefix, found in (
        ("method.request.header.", lambda name: last_value(sources.request.headers, name)),
        ("method.request.querystring.", lambda name: _query(sources, name)),
        ("method.request.path.", sources.path_parameters.get),
        ("context.", sources.context.get),
        ("stageVariables.", sources.stage_variables.get),
    ):
        if expression.startswith(prefix):
            return found(expression.removeprefix(prefix))
    return None


def _query(sources: Sources, name: str) -> str | None:
    values = decode_query(sources.request.raw_query).get(name)
    return values[-1] if values else None
