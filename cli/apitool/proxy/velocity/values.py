"""Values of templates as Java treats them: how they print, when they are equal, what counts as true.

null, booleans, numbers, strings, maps (dict) and lists. Lists read from JSON print as JSON, maps as
`{a=1, b=2}` (recorded on AWS, LocalStack's `test_input_path_template_formatting`); lists that a template
makes print as `[1, 2]`.
"""

from __future__ import annotations

import json
import math
from decimal import Decimal

_MOST = 10_485_760  # characters; more than a gateway's payload can hold
_WEIGHT = 10  # characters that a value which is no string counts for
_WORDS = {None: "null", True: "true", False: "false"}
_PLAIN_BELOW, _PLAIN_FROM = 1e7, 1e-3  # Double.toString prints others with an exponent


class JsonList(list[object]):
    """A list that was read from JSON."""


def from_json(value: object) -> object:
    """What `json.loads` gave, with its lists marked."""
    if isinstance(value, dict):
        return {name: from_json(item) for name, item in value.items()}
    if isinstance(value, list):
        return JsonList(from_json(item) for item in value)
    return value


def checked_size(value: object) -> None:
    """A few lists within each other can print as more than a machine holds, one within itself without end.

    Raises:
        ValueError: there is more than the gateway could send, or no end to it.
    """
    left, waiting = _MOST, [value]
    while waiting:
        item = waiting.pop()
        left -= len(item) if isinstance(item, str) else _WEIGHT
        if left < 0:
            raise ValueError("a value without end, or too large to print")
        if isinstance(item, dict):
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)


def to_json(value: object) -> str:
    """Compact JSON; what JSON does not know is printed as a string.

    Raises:
        ValueError: it is too large to print.
    """
    checked_size(value)
    return _compact(value)


def _compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, default=_text)


def java_text(value: object) -> str:
    """`String.valueOf`.

    Raises:
        ValueError: it is too large to print.
    """
    if isinstance(value, (dict, list)):
        checked_size(value)
    return _text(value)


def _text(value: object) -> str:
    match value:
        case None | bool():
            return _WORDS[value]
        case float():
            return _double(value)
        case dict():
            return "{" + ", ".join(f"{name}={_text(item)}" for name, item in value.items()) + "}"
        case list():
            return _compact(value) if isinstance(value, JsonList) else _listed(value)
        case _:
            return str(value)


def _listed(values: list[object]) -> str:
    return "[" + ", ".join(map(_text, values)) + "]"


def printed(value: object) -> str:
    """What a reference prints: nothing for null (recorded)."""
    return "" if value is None else java_text(value)


def _double(value: float) -> str:
    if math.isnan(value) or math.isinf(value):
        return {math.inf: "Infinity", -math.inf: "-Infinity"}.get(value, "NaN")
    if value == 0 or _PLAIN_FROM <= abs(value) < _PLAIN_BELOW:
        return repr(value)
    sign, digits, exponent = Decimal(repr(value)).as_tuple()
    whole = "".join(map(str, digits)).rstrip("0") or "0"
    power = len(digits) - 1 + int(exponent)
    return f"{'-' if sign else ''}{whole[0]}.{whole[1:] or '0'}E{power}"


def is_true(value: object) -> bool:
    """Null and false are false, everything else is true: Velocity 1.x, an empty string and 0 included."""
    return value is not None and value is not False


def equal(left: object, right: object) -> bool:
    """`==`. null equals an empty string (recorded); values of different types are compared as they print."""
    if left is None or right is None:
        return left is right or "" in {_text_or_none(left), _text_or_none(right)}
    if is_number(left) and is_number(right):
        return left == right
    if isinstance(left, (dict, list)) and isinstance(right, type(left)):
        checked_size(left)
        return left == right
    return java_text(left) == java_text(right)


def _text_or_none(value: object) -> str | None:
    return value if isinstance(value, str) else None


def is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
