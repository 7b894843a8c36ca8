"""Execution-log lines → what the gateway said of one request, in both formats API Gateway writes.

    (4e2f…) Method completed with status: 200                        a log group, any region
    Sat Sep 20 12:00:00 UTC 2025 : Method completed with status: 200 the `log` of TestInvokeMethod

A line is filed under its words up to `: ` and read when asked for: most are never looked at. Wordings were
recorded on AWS (stackd, LocalStack) or stand in published logs of 2017 to 2026.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apitool.logs import header_map

if TYPE_CHECKING:
    from apitool.logs.header_map import HeaderMap

_LONGEST_ID = 80  # characters; a request id is a UUID of 36
_TEST_ID = "Execution log for request "
_TEST_LINE = re.compile(r"[A-Z][a-z]{2} [A-Z][a-z]{2} \d{2} \d\d:\d\d:\d\d UTC \d{4} : ")
_LATENCY = re.compile(r"(?:(?P<status>\d+), Integration latency: )?(?P<ms>\d+) ms")
_LAMBDA_ID = re.compile(r"\s?Lambda request id: (?P<id>\S+)\s*$")
_COMPLETED = "Method completed with status"
_MOST_LINES = 200  # kept of one request, for evidence; AWS writes about 25


@dataclass(slots=True)
class Execution:
    """What the execution log has of one request. `said` maps the words before `: ` to those after."""

    request_id: str
    first_ms: int = 0
    last_ms: int = 0
    said: dict[str, str] = field(default_factory=dict)
    lines: list[tuple[int, str]] = field(default_factory=list)

    def add(self, at_ms: int, text: str) -> None:
        """File one line, its prefix taken off. Lines may come in any order."""
        if not self.lines:
            self.first_ms = self.last_ms = at_ms
        elif at_ms < self.first_ms:
            self.first_ms = at_ms
        elif at_ms > self.last_ms:
            self.last_ms = at_ms
        if len(self.lines) < _MOST_LINES:
            self.lines.append((at_ms, text))
        head, _, rest = text.partition(": ")
        if not rest and head.endswith(":"):  # an empty value whose last blank was trimmed
            head = head[:-1]
        self.said.setdefault(head.rstrip(), rest)

    @property
    def status(self) -> int | None:
        return _number(self.said.get(_COMPLETED))

    @property
    def succeeded(self) -> bool:
        return "Successfully completed execution" in self.said

    @property
    def complete(self) -> bool:
        return _COMPLETED in self.said

    @property
    def method(self) -> str | None:
        value = self.said.get("HTTP Method")
        return value.partition(", Resource Path: ")[0] if value else None

    @property
    def path(self) -> str | None:
        """Of the request; AWS calls it `Resource Path` but fills parameters in."""
        value = self.said.get("HTTP Method")
        return value.partition(", Resource Path: ")[2] or None if value else None

    @property
    def extended_request_id(self) -> str | None:
        return self.said.get("Extended Request Id")

    @property
    def api_stage(self) -> str | None:
        """`{api id}/{stage}`, from the usage plan's line."""
        return self.said.get("Verifying Usage Plan for request", "").partition("API Stage: ")[2] or None

    @property
    def api_key(self) -> str | None:
        value = self.said.get("Verifying Usage Plan for request", "").partition("API Key: ")[2]
        return value.partition(" API Stage:")[0].strip() or None

    @property
    def trace_id(self) -> str | None:
        """X-Ray's id, from the gateway's own line or the endpoint's headers."""
        said = self.said.get("X-ray Tracing ID") or self._header("Endpoint", "X-Amzn-Trace-Id")
        return said.removeprefix("Root=").partition(";")[0] if said else None

    @property
    def integration_ms(self) -> int | None:
        """Milliseconds; today's wording names the status too, that of 2019 does not."""
        found = self._received
        return int(found["ms"]) if found else None

    @property
    def integration_status(self) -> int | None:
        """Lambda's API's own status."""
        found = self._received
        return int(found["status"]) if found and found["status"] else None

    @property
    def endpoint_body(self) -> str | None:
        """What the function returned, as far as the log shows it; only data trace writes it."""
        return self.said.get("Endpoint response body before transformations")

    @property
    def function_error(self) -> str | None:
        """The message of a function that raised."""
        value = next((rest for head, rest in self.said.items() if "customer function error" in head), None)
        return None if value is None else _LAMBDA_ID.sub("", value).removesuffix(".")

    @property
    def invocation_failed(self) -> int | None:
        """The status with which Lambda refused to run the function."""
        value = self.said.get("Lambda invocation failed with status")
        return _number(value.partition(".")[0]) if value else None

    @property
    def configuration_error(self) -> str | None:
        """What follows `Execution failed due to configuration error: `."""
        return self.said.get("Execution failed due to configuration error")

    @property
    def function_request_id(self) -> str | None:
        """Lambda's id of the invocation: its own line, an error's tail, or the endpoint's headers."""
        own = self.said.get("AWS Integration Endpoint RequestId")
        if own:
            return own.strip()
        tails = (_LAMBDA_ID.search(text) for _, text in self.lines if "Lambda request id: " in text)
        found = next((tail["id"] for tail in tails if tail), None)
        return found or self._header("Endpoint response", "x-amzn-RequestId")

    def map_of(self, head: str) -> HeaderMap:
        """A printed map, e.g. of `Method request headers`; empty when that line is not there."""
        return header_map.parse(self.said.get(head, "{}"))

    @property
    def _received(self) -> re.Match[str] | None:
        said = self.said.get("Received response. Status") or self.said.get(
            "Received response. Integration latency"
        )
        return _LATENCY.fullmatch(said) if said else None

    def _header(self, which: str, name: str) -> str | None:
        heads = (f"{which} headers", f"{which} request headers", f"{which} response headers")
        return next((value for head in heads if (value := self.map_of(head).get(name))), None)


def split(message: str) -> tuple[str, str] | None:
    """`(id) text` -> (id, text). None for anything else, a WebSocket API's lines (`(id) [...]`) included."""
    end = message.find(") ", 1, _LONGEST_ID)
    if end < 0 or message[0] != "(":
        return None
    text = message[end + 2 :]
    return None if text.startswith("[") else (message[1:end], text.removesuffix("\n"))


def of_test_invoke(log: str) -> Execution:
    """Read the `log` of TestInvokeMethod. Its lines carry whole seconds, which say nothing of latency."""
    execution = Execution("")
    entry = ""
    for line in log.splitlines():
        if line.startswith(_TEST_ID):
            execution.request_id = line.removeprefix(_TEST_ID).strip()
            continue
        found = _TEST_LINE.match(line)
        if found is None:  # a body with line breaks goes on
            entry += f"\n{line}" if entry else ""
            continue
        if entry:
            execution.add(0, entry)
        entry = line[found.end() :]
    if entry:
        execution.add(0, entry.removesuffix("\n"))
    return execution


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() else None
