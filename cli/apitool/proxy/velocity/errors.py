"""What is wrong with a template, and where."""

from __future__ import annotations


class TemplateError(ValueError):
    """A template can't be parsed or run. `line` and `column` count from 1; running knows no columns."""

    def __init__(self, what: str, line: int, column: int | None = None) -> None:
        super().__init__(f"line {line}: {what}")
        self.what, self.line, self.column = what, line, column
