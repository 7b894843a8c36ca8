"""Rules about names as AWS will see them: `{project}-{stage}-{name}` within every limit, and never twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from apitool.project import names, shown
from apitool.project.finding import Finding
from apitool.project.regions import REGIONS
from apitool.project.suggest import closest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.project.draft import Draft
    from apitool.project.model import Project

# Characters. A role is named after its function and has 64 too; the module shortens what it adds to it.
_LONGEST = {"functions": 64, "tables": 255}


def errors(draft: Draft) -> Iterator[Finding]:
    yield from _too_long(draft, "functions")
    yield from _too_long(draft, "tables")
    yield from _collisions(draft, "functions")
    yield from _collisions(draft, "tables")


def warnings(project: Project) -> Iterator[Finding]:
    """A region that looks right and that nobody has heard of."""
    if project.region not in REGIONS:
        near = closest(project.region, REGIONS)
        fix = f"did you mean `{near}`?" if near else "look it up in the console"
        yield Finding(("region",), "unknown AWS region", f'"{project.region}"', fix)


def _too_long(draft: Draft, section: Literal["functions", "tables"]) -> Iterator[Finding]:
    most, stage = _LONGEST[section], max(draft.get("stages", {}), key=len, default="")
    for name in draft.get(section, {}):
        full = names.member(draft.get("name", ""), stage, name)
        if (excess := len(full) - most) > 0:
            what = f"`{shown.dotted((section, name))}` gets too long a name, AWS takes {most} characters"
            seen = f"`{shown.text(full)}`, {len(full)} characters"
            fix = f"shorten the name of project, stage or {section[:-1]} by {excess}"
            yield Finding((section, name), what, seen, fix)


def _collisions(draft: Draft, section: Literal["functions", "tables"]) -> Iterator[Finding]:
    """`eu-orders` at stage `prod` and `orders` at stage `prod-eu` are both `{project}-prod-eu-orders`."""
    members, stages = draft.get(section, {}), draft.get("stages", {})
    for longer in stages:
        for stage, rest in _split_at_dashes(longer):
            for name in members if stage in stages else ():
                if (other := f"{rest}-{name}") in members:
                    what = f"{_at(other, stage)} gets the same name as {_at(name, longer)}"
                    full = names.member(draft.get("name", ""), longer, name)
                    yield Finding((section, other), what, f"`{shown.text(full)}`", "rename one of them")


def _split_at_dashes(text: str) -> Iterator[tuple[str, str]]:
    """`prod-eu-1` -> (`prod`, `eu-1`), (`prod-eu`, `1`)."""
    for index, character in enumerate(text):
        if character == "-":
            yield text[:index], text[index + 1 :]


def _at(name: str, stage: str) -> str:
    return f"`{shown.text(name)}` at stage `{shown.text(stage)}`"
