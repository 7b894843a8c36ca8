"""One line for each request; of what broke, why and how to mend it."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING

from apitool.proxy.outcome import FunctionError
from apitool.proxy.verdict_shown import finding_lines
from apitool.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from apitool.local.serve.exchanges import Exchange, FunctionLogs
    from apitool.proxy.verdict import Finding

_TOGETHER = 0.02  # seconds; lines are written in one go, which at thousands a second is what they cost
_BY_LAMBDA = ("START ", "END ", "REPORT ", "INIT_START ", "INIT_REPORT ")
_CLIENT_ERROR, _SERVER_ERROR = 400, 500


class Terminal:
    """Listens to exchanges. `style` is `Console.styled`, `write` takes whole lines."""

    def __init__(
        self,
        write: Callable[[str], None],
        style: Callable[[str, str], str],
        logs: FunctionLogs,
        *,
        verbose: bool,
    ) -> None:
        self._write = write
        self._style = style
        self._logs = logs
        self._verbose = verbose
        self._lines: list[str] = []
        self._flush: asyncio.TimerHandle | None = None

    def show(self, exchange: Exchange) -> None:
        self._lines += self._text(exchange)
        if self._flush is None:
            self._flush = asyncio.get_running_loop().call_later(_TOGETHER, self.flush)

    def flush(self) -> None:
        self._flush = None
        if self._lines:
            lines, self._lines = self._lines, []
            self._write("\n".join(lines) + "\n")

    def _text(self, exchange: Exchange) -> list[str]:
        answer, request = exchange.answer, exchange.request
        now = datetime.now().astimezone().strftime("%H:%M:%S")
        path = visible(request.target)
        status = self._style(_style_of(answer.status), str(answer.status))
        line = f"{now}  {status} {exchange.milliseconds:8.1f} ms  {request.method:<7} {path}"
        line += self._style("dim", "  (from the stage's cache)") if answer.verdict.cached else ""
        lines = [line]
        for finding in answer.verdict.findings:
            lines += self._finding(finding)
        if self._verbose or isinstance(exchange.outcome, FunctionError):
            written = self._logs.of(exchange.lambda_request_id)
            own = (text for text in written if not text.startswith(_BY_LAMBDA))
            lines += [
                self._style("dim", f"    | {visible(part)}") for text in own for part in text.split("\n")
            ]
        return lines

    def _finding(self, finding: Finding) -> list[str]:
        return [f"    {part}" for part in finding_lines(finding, self._style)]


def _style_of(status: int) -> str:
    if status >= _SERVER_ERROR:
        return "error"
    return "warning" if status >= _CLIENT_ERROR else "good"
