"""Mapping templates, read by the parser that the gateway runs them with."""

from __future__ import annotations

from dataclasses import dataclass

from apitool.proxy.velocity.errors import TemplateError
from apitool.proxy.velocity.templates import parse


@dataclass(frozen=True, slots=True)
class BrokenTemplate:
    """What is wrong, and where in the template; lines and columns count from 1."""

    what: str
    line: int
    column: int


def broken_template(text: str) -> BrokenTemplate | None:
    """The first mistake of a template, if there is one."""
    try:
        parse(text)
    except TemplateError as error:
        return BrokenTemplate(error.what, error.line, error.column or 1)
    return None
