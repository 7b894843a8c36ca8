"""`$context.requestOverride` and `$context.responseOverride`: what a template set, kept from the request
template to the response template (recorded for MOCK, LocalStack `test_integration_mock_with_*`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from apitool.proxy.velocity.values import java_text

_LOWEST, _HIGHEST = 100, 599
Table = dict[str, object]


def _request_override() -> Table:
    return {"header": {}, "path": {}, "querystring": {}}


def _response_override() -> Table:
    return {"header": {}}


@dataclass(frozen=True, slots=True)
class Overrides:
    """Two maps that templates write into; new ones for each request."""

    request: Table = field(default_factory=_request_override)
    response: Table = field(default_factory=_response_override)

    @property
    def status(self) -> int | None:
        """A status that is no whole number from 100 to 599 is ignored (LocalStack's comment in its code)."""
        written = self.response.get("status")
        if isinstance(written, str) and written.isdigit():
            written = int(written[:4])
        valid = isinstance(written, int) and not isinstance(written, bool)
        return written if valid and isinstance(written, int) and _LOWEST <= written <= _HIGHEST else None

    @property
    def response_headers(self) -> dict[str, list[str]]:
        return _texts(self.response.get("header"))

    def request_values(self, place: str) -> dict[str, list[str]]:
        """`header`, `path` or `querystring`; a list of values is several."""
        return _texts(self.request.get(place))


def _texts(table: object) -> dict[str, list[str]]:
    if not isinstance(table, dict):
        return {}
    return {str(name): _values(value) for name, value in table.items() if value is not None}


def _values(value: object) -> list[str]:
    return [java_text(item) for item in value] if isinstance(value, list) else [java_text(value)]
