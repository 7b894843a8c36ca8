"""Operators between two values. What Java can't do gives null, as Velocity has it."""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING

from apitool.proxy.velocity.values import equal, is_number, java_text

if TYPE_CHECKING:
    from collections.abc import Callable

Number = int | float
_LARGEST = 10**308  # where a double ends; nothing in a template counts that far
_COMPARISONS: dict[str, Callable[[Number, Number], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def combine(symbol: str, left: object, right: object) -> object:
    """The value of `left symbol right`, for every operator but `&&` and `||`."""
    if symbol in {"==", "!="}:
        return equal(left, right) is (symbol == "==")
    if symbol == "+" and (isinstance(left, str) or isinstance(right, str)):
        return None if left is None or right is None else java_text(left) + java_text(right)
    if not (isinstance(left, (int, float)) and isinstance(right, (int, float))):
        return False if symbol in _COMPARISONS else None
    if not (is_number(left) and is_number(right)):
        return None
    compare = _COMPARISONS.get(symbol)
    return compare(left, right) if compare else _computed(symbol, left, right)


def _computed(symbol: str, left: Number, right: Number) -> Number | None:
    try:
        value = _divided(symbol, left, right) if symbol in "/%" else _OPERATIONS[symbol](left, right)
    except (OverflowError, ZeroDivisionError):
        return None
    return value if abs(value) < _LARGEST else None


_OPERATIONS: dict[str, Callable[[Number, Number], Number]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}


def _divided(symbol: str, left: Number, right: Number) -> Number:
    """Whole numbers divide to whole numbers, towards zero; a remainder has the sign of the left side."""
    if isinstance(left, float) or isinstance(right, float):
        return left / right if symbol == "/" else math.fmod(left, right)
    quotient = abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1)
    return quotient if symbol == "/" else left - right * quotient
