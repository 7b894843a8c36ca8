"""Requests and lines onto stdout as they come: text for people, one JSON object a line for programs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apitool.commands.logs.chosen import width
from apitool.console import Output
from apitool.visible import visible, visible_line

if TYPE_CHECKING:
    from apitool.console import Console
    from apitool.logs.filters import Filter
    from apitool.logs.redaction import Redaction
    from apitool.logs.request import Request


@dataclass
class Shown:
    """Writes what the filter admits; `count` is how many that were."""

    console: Console
    filter: Filter
    redaction: Redaction
    orphans: bool = False  # runs of a function that no request is known for
    count: int = 0

    def request(self, request: Request) -> None:
        from apitool.logs import one_line

        if not (request.id or self.orphans) or not self.filter.admits(request):
            return
        self.count += 1
        if self.console.output is Output.JSON:
            self._write(one_line.data(request, self.redaction))
        else:
            self._write_text(one_line.text(request, self.redaction, width=width()))

    def line(self, at_ms: int, source: str, message: str) -> None:
        """A line of a log as it is, but for what is secret."""
        from apitool.logs import execution, times

        if self.filter.grep is not None and not self.filter.grep.search(message):
            return
        self.count += 1
        parts = execution.split(message) if source == "gateway" else None
        if parts:
            shown = f"({parts[0]}) {self.redaction.execution_line(parts[1])}"
        else:
            shown = self.redaction.free_text(message.rstrip("\n"))
        if self.console.output is Output.JSON:
            self._write({"time": times.iso(at_ms), "source": source, "text": shown})
        else:
            self._write_text(f"{times.clock(at_ms)} {source:<8}{visible_line(shown)}")

    def _write(self, data: dict[str, Any]) -> None:
        self._write_text(json.dumps(data, ensure_ascii=False))

    def _write_text(self, text: str) -> None:
        self.console.out.write(f"{visible(text)}\n")
        self.console.out.flush()
