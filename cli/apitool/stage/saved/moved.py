"""What has moved between a plan and its application. Pure: two sets of facts in, problems out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime, timedelta

    from apitool.stage.saved.manifest import Facts
    from apitool.terraform.plan_file import StateMark

_AGAIN = "plan again, and have that reviewed"
_CLOCKS_DIFFER = 300  # seconds that two machines' clocks may be apart


def between(planned: Facts, now: Facts) -> Iterator[Problem]:
    """One problem for each kind of thing that is not as it was."""
    if planned.target != now.target:
        yield Problem(
            "the plan is for another target",
            seen=_differences(planned.target, now.target),
            fix="name the stage, account and region it was made for, or plan for this one",
        )
        return  # nothing else of it is comparable
    yield from _state(planned.state, now.state)
    for name in _moved(planned.sources, now.sources):
        yield Problem(
            f"the code of `{name}` is not what was planned",
            seen=_came_or_went(name, planned.sources, now.sources),
            fix=f"check out the commit that was planned, or {_AGAIN}",
        )
    if names := _moved(planned.configuration, now.configuration):
        yield Problem(
            "the configuration is not what was planned",
            seen=f"other now: {', '.join(names)}",
            fix=f"check out the commit that was planned, or {_AGAIN}",
        )
    if planned.tools != now.tools:
        yield Problem(
            "the plan was made with other tools",
            seen=_differences(planned.tools, now.tools),
            fix=f"install the same versions, or {_AGAIN}",
        )


def by_age(created: datetime, now: datetime, limit: timedelta) -> Iterator[Problem]:
    """Older than `limit`, or from the future."""
    seconds = (now - created).total_seconds()
    made = f"made {created:%Y-%m-%d %H:%M} UTC"
    if seconds < -_CLOCKS_DIFFER:
        yield Problem(
            "the plan is from the future",
            seen=f"{made}, and here it is {now:%Y-%m-%d %H:%M}",
            fix="set the clock, or find out who made it",
        )
    elif seconds > limit.total_seconds():
        yield Problem(
            "the plan is too old: what it found may have changed outside Terraform",
            seen=f"{made}, {_long(seconds)} ago; the limit is {_long(limit.total_seconds())}",
            fix=f"{_AGAIN}; or `--max-age {_long(seconds, up=True)}`, if you know that nobody touched it",
        )


def _state(planned: StateMark, now: StateMark) -> Iterator[Problem]:
    """Without the lineage: it stays in the state."""
    if planned == now:
        return
    if planned.lineage == now.lineage:
        what = "the state has moved on: this plan was applied already, or somebody else was at work"
        seen = f"serial {planned.serial} when planned, {now.serial} now"
    elif not now.lineage:
        what, seen = "the state is gone", f"serial {planned.serial} when planned, none now"
    elif not planned.lineage:
        what = "the stage has been made since: this plan was applied already, or somebody else was at work"
        seen = f"no state when planned, serial {now.serial} now"
    else:
        what, seen = "the state is another one than the plan was made from", "another lineage"
    yield Problem(what, seen=seen, fix="see what is there now: `apitool plan`")


def _moved(planned: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return sorted(name for name in planned.keys() | now.keys() if planned.get(name) != now.get(name))


def _differences(planned: Mapping[str, str], now: Mapping[str, str]) -> str:
    return "; ".join(
        f"{name} {planned.get(name, 'none')} when planned, {now.get(name, 'none')} now"
        for name in _moved(planned, now)
    )


def _came_or_went(name: str, planned: Mapping[str, str], now: Mapping[str, str]) -> str:
    if name not in now:
        return "it is gone"
    return "another source" if name in planned else "it is new"


def _long(seconds: float, *, up: bool = False) -> str:
    """`3d`, `5h` or `2m`: in the largest unit there is one of."""
    for unit, length in {"d": 86_400, "h": 3_600, "m": 60, "s": 1}.items():
        if seconds >= length or unit == "s":
            return f"{int(seconds // length) + up}{unit}"
    raise AssertionError
