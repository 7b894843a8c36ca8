"""`$input` of a mapping template.

Recorded (LocalStack `test_input_body_formatting`, `test_input_path_template_formatting`): an empty body is
`{}`; `$input.body` is the text as it came; a path that finds nothing is null, and prints nothing. That
`$input.json` then gives `""` is LocalStack's code; AWS's own example templates rely on nothing else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.proxy.mapping.jsonpath import MISSING, find
from apitool.proxy.once import once
from apitool.proxy.velocity.values import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Mapping

_EMPTY = "{}"
_NOTHING = '""'


@dataclass(frozen=True)
class InputObject:
    """`body` is the text being mapped; `headers` have the client's spelling."""

    body: str
    path: Mapping[str, str]
    querystring: Mapping[str, str]
    headers: Mapping[str, str]

    def member(self, name: str) -> object:
        if name == "body":
            return self.body or _EMPTY
        return self._all_params() if name == "params" else None

    def call(self, name: str, arguments: tuple[object, ...]) -> object:
        """Raises ValueError for a JSONPath that can't be read, TypeError for other arguments than a text."""
        read = {"json": self._json, "path": self._path, "params": self._param}.get(name)
        if read is None:
            return None
        if name == "params" and not arguments:
            return self._all_params()
        if len(arguments) != 1 or not isinstance(arguments[0], str):
            raise TypeError(f"`$input.{name}` takes one text")
        return read(arguments[0])

    def _json(self, path: str) -> str:
        found = self._found(path)
        return _NOTHING if found is MISSING else to_json(found)

    def _path(self, path: str) -> object:
        found = self._found(path)
        return None if found is MISSING else found

    def _found(self, path: str) -> object:
        return MISSING if self._value is MISSING else find(self._value, path)

    @once
    def _value(self) -> object:
        """The body as JSON; MISSING when it is something else."""
        try:
            return from_json(json.loads(self.body or _EMPTY))
        except (ValueError, RecursionError):
            return MISSING

    def _all_params(self) -> dict[str, object]:
        return {
            "path": dict(self.path),
            "querystring": dict(self.querystring),
            "header": dict(self.headers),
        }

    def _param(self, name: str) -> str:
        """From the path, the query string or the headers (AWS documentation); empty when nobody sent it."""
        for table in (self.path, self.querystring, self.headers):
            if name in table:
                return table[name]
        wanted = name.lower()
        return next((value for key, value in self.headers.items() if key.lower() == wanted), "")
