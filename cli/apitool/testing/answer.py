"""What the client of an API gets, as tests look at it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apitool.proxy.verdict_shown import finding_lines

if TYPE_CHECKING:
    from apitool.proxy.request import Headers
    from apitool.proxy.verdict import Verdict


class BrokenContractError(AssertionError):
    """What the handler returned is nothing API Gateway accepts. `verdict` says which rule and where."""

    def __init__(self, verdict: Verdict, returned: object) -> None:
        super().__init__("\n".join(_lines(verdict, returned)))
        self.verdict = verdict


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """`headers` are in wire order, a name may occur more than once; `header` looks one up in any case.

    `event` is what the handler got and None when the gateway answered itself; `returned` what it returned.
    """

    status: int
    headers: Headers
    content: bytes
    verdict: Verdict
    event: dict[str, Any] | None
    returned: object
    log: tuple[str, ...]  # the execution log there would be at INFO with data trace

    @property
    def status_code(self) -> int:
        return self.status

    @property
    def text(self) -> str:
        return self.content.decode()

    def json(self) -> Any:  # noqa: ANN401 - whatever the handler wrote
        return json.loads(self.content)

    def header(self, name: str) -> str | None:
        values = self.header_values(name)
        return values[-1] if values else None

    def header_values(self, name: str) -> list[str]:
        return [value for each, value in self.headers if each.lower() == name.lower()]


def _lines(verdict: Verdict, returned: object) -> list[str]:
    body = verdict.body.decode(errors="replace")
    lines = [f"API Gateway answers {verdict.status} {body} to what the handler returned:"]
    for finding in verdict.findings:
        lines += [f"  {line}" for line in finding_lines(finding)]
    shown = repr(returned)
    return [*lines, f"  returned: {shown[:300]}{'…' if len(shown) > 300 else ''}"]  # noqa: PLR2004 - characters
