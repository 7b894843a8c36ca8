"""How much a template may do. Without limits a loop within a loop runs for ever, and a string doubles to fill
the machine.
"""

from __future__ import annotations

from apitool.proxy.velocity.errors import TemplateError

MAX_ITERATIONS = 1_000  # of one #foreach (AWS quotas: "Iterations in a #foreach … loop")
MAX_STEPS = 200_000  # nodes run; ours, about a second
MAX_CHARACTERS = 10_485_760  # of any text; the gateway's own limit of a payload
MAX_CALLS = 20  # macros and defined blocks within each other; ours


class Budget:
    """What one run has used up. `line` is where the template is, for errors."""

    def __init__(self) -> None:
        self.line = 1
        self._steps = 0
        self._written = 0
        self._calls = 0

    def step(self) -> None:
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise self.error(f"more than {MAX_STEPS} steps")

    def write(self, text: str) -> None:
        self._written += len(text)
        self.hold(self._written)

    def hold(self, characters: int) -> None:
        if characters > MAX_CHARACTERS:
            raise self.error(f"more than {MAX_CHARACTERS} characters")

    def call(self) -> None:
        self._calls += 1
        if self._calls > MAX_CALLS:
            raise self.error(f"more than {MAX_CALLS} macros or blocks within each other")

    def returned(self) -> None:
        self._calls -= 1

    def iterate(self, items: int) -> None:
        if items > MAX_ITERATIONS:
            raise self.error(f"a loop or range over {items} items; the limit is {MAX_ITERATIONS}")

    def error(self, what: str) -> TemplateError:
        return TemplateError(what, self.line)
