"""`$util` of a mapping template (AWS documentation, "Mapping template and access logging variables").

null gives null, which prints nothing (recorded for `urlEncode`).
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING
from urllib.parse import quote_plus, unquote_plus

from apitool.proxy.velocity.values import from_json, java_text

if TYPE_CHECKING:
    from collections.abc import Callable

_ESCAPED = {
    "'": "\\'",
    '"': '\\"',
    "\\": "\\\\",
    "/": "\\/",
    "\n": "\\n",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
    "\r": "\\r",
}
_FIRST_PRINTABLE, _LAST_ASCII, _LAST_OF_ONE_UNIT = 0x20, 0x7F, 0xFFFF


class UtilObject:
    def member(self, name: str) -> object:
        del name  # `$util` has methods only
        return None

    def call(self, name: str, arguments: tuple[object, ...]) -> object:
        """Raises ValueError for text that is not JSON or base64, TypeError for more than one argument."""
        function = _FUNCTIONS.get(name)
        if function is None:
            return None
        (value,) = arguments if len(arguments) == 1 else _wrong_count(name)
        return None if value is None else function(java_text(value))


def _wrong_count(name: str) -> tuple[object]:
    raise TypeError(f"`$util.{name}` takes one value")


def escape_javascript(text: str) -> str:
    r"""As Apache Commons does it: quotes of both kinds, slashes, control characters, all beyond ASCII.

    A single quote becomes `\'`, which is not JSON: AWS's documentation says to turn it back.
    """
    return "".join(_ESCAPED.get(character) or _escaped(character) for character in text)


def _escaped(character: str) -> str:
    code = ord(character)
    if _FIRST_PRINTABLE <= code <= _LAST_ASCII:
        return character
    if code <= _LAST_OF_ONE_UNIT:
        return f"\\u{code:04X}"
    units = character.encode("utf-16-be", errors="surrogatepass")
    return f"\\u{units[:2].hex().upper()}\\u{units[2:].hex().upper()}"


def _parse_json(text: str) -> object:
    try:
        return from_json(json.loads(text))
    except RecursionError:
        raise ValueError("nested too deeply") from None


_FUNCTIONS: dict[str, Callable[[str], object]] = {
    "base64Decode": lambda text: base64.b64decode(text).decode(errors="replace"),
    "base64Encode": lambda text: base64.b64encode(text.encode(errors="replace")).decode(),
    "escapeJavaScript": escape_javascript,
    "parseJson": _parse_json,
    "urlDecode": unquote_plus,
    "urlEncode": lambda text: quote_plus(text, errors="replace"),
}
