"""Rules of `[stages]`, and which stage a command is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.errors import Place, UsageError
from apitool.project import shown
from apitool.project.finding import Finding
from apitool.project.suggest import instead

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sized

    from apitool.project.draft import Draft
    from apitool.project.model import Project, Stage, StageSettings
    from apitool.project.scan import KeyPath

_MOST_VARIABLES = 100  # of a stage, AWS's quota
_MOST_TAGS = 50  # of anything on AWS
_ACCOUNT_RATE = 10_000  # requests per second: the account's throttle per region unless AWS raised it
_ACCOUNT_BURST = 5_000  # requests


def stage_named(project: Project, name: str | None) -> Stage:
    """The stage called `name`, or the project's default one for None.

    Raises:
        UsageError: there is no such stage.
    """
    name = project.default_stage if name is None else name
    if name in project.stages:
        return project.stages[name]
    raise UsageError(
        f"stage `{shown.text(name)}` is not defined",
        place=Place(project.file, 1),
        seen=f"stages: {', '.join(project.stages)}",
        fix=instead(name, project.stages, kind="stages"),
    )


def default_stage(stages: Mapping[str, StageSettings]) -> str:
    """The one local stage; without one, or with several, the first of the file."""
    local = [name for name, stage in stages.items() if stage.local]
    return local[0] if len(local) == 1 else next(iter(stages))


def errors(draft: Draft) -> Iterator[Finding]:
    if (stages := draft.get("stages")) is None:
        return
    if not stages:
        yield Finding(("stages",), "an API has at least one stage", fix="[stages.dev]\nlocal = true")
    for name, stage in stages.items():
        yield from _too_many(("stages", name, "variables"), stage.get("variables", {}), _MOST_VARIABLES)
        yield from _too_many(("stages", name, "tags"), stage.get("tags", {}), _MOST_TAGS)
    if (default := draft.get("default_stage")) is not None and stages and default not in stages:
        what = f"there is no stage `{shown.text(default)}`"
        yield Finding(("default_stage",), what, fix=instead(default, stages, kind="stages"))


def warnings(project: Project) -> Iterator[Finding]:
    for name, stage in project.stages.items():
        key = ("stages", name)
        if stage.log_level == "full" and not stage.local:
            what = f"stage `{name}` logs the bodies and headers of every request, credentials included"
            fix = 'log_level = "info", and `apitool logs enable` while you look for something'
            yield Finding((*key, "log_level"), what, 'log_level = "full"', fix)
        for route, settings in stage.routes.items():
            if settings.log_level == "full" and not stage.local:
                at = (*key, "routes", route, "log_level")
                what = f"stage `{name}` logs the bodies and headers of every `{shown.text(route)}`"
                yield Finding(at, what, 'log_level = "full"', 'log_level = "info"')
        yield from _above_the_account(name, stage)


def _too_many(key: KeyPath, entries: Sized, most: int) -> Iterator[Finding]:
    if len(entries) > most:
        yield Finding(key, f"`{shown.dotted(key)}` has more than {most}", f"{len(entries)}", "remove some")


def _above_the_account(name: str, stage: Stage) -> Iterator[Finding]:
    if stage.throttle is None:
        return
    key = ("stages", name, "throttle")
    limits = {"rate": (stage.throttle.rate, _ACCOUNT_RATE), "burst": (stage.throttle.burst, _ACCOUNT_BURST)}
    for setting, (value, most) in limits.items():
        if value > most:
            what = f"`{shown.dotted((*key, setting))}` is above the account's throttle, which comes first"
            seen = f"{value:g}, the account has {most:,} unless AWS raised it"
            yield Finding((*key, setting), what, seen, f"{setting} = {most}, or ask AWS for more")
