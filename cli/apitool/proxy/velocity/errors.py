"""What is wrong with a template, and where."""

from __future__ import annotations


class TemplateError(ValueError):
    """A template can't be parsed or run. `line` counts from 1."""

    def __init__(self, what: str, line: int) -> None:
        super().__init__(f"line {line}: {what}")
        self.what, self.line = what, line
