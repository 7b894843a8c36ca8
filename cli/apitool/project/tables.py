"""Rules of `[tables]`: their keys, and who uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.project import shown
from apitool.project.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.project.draft import Draft
    from apitool.project.model import Project


def errors(draft: Draft) -> Iterator[Finding]:
    """CreateTable wants two attributes for two keys."""
    for name, table in draft.get("tables", {}).items():
        attribute = table.get("range_key")
        if attribute is not None and attribute == table.get("hash_key"):
            key = ("tables", name, "range_key")
            what = f"`{shown.dotted(key)}` is the attribute of `hash_key` too"
            yield Finding(key, what, f'"{shown.text(attribute)}"', "name another attribute, or leave it out")


def warnings(project: Project) -> Iterator[Finding]:
    used = {table for function in project.functions.values() for table in function.tables.values()}
    for table in project.tables:
        if table not in used:
            what = f"no function uses the table `{table}`"
            yield Finding(("tables", table), what, fix=f'tables = {{ TABLE_NAME = "{table}" }} in a function')
