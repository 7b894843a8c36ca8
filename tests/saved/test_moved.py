"""Each thing that moves between a plan and its application is named, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.saved.bundles import FACTS

from apitool.stage.saved import moved
from apitool.terraform.plan_file import StateMark

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


def told(**other) -> list[tuple[str, str | None]]:
    return [(each.what, each.seen) for each in moved.between(FACTS, replace(FACTS, **other))]


def test_nothing_moved():
    assert told() == []


@pytest.mark.parametrize(
    ("other", "what", "seen"),
    [
        (
            {"state": StateMark("a-lineage", 9)},
            "the state has moved on: this plan was applied already, or somebody else was at work",
            "serial 7 when planned, 9 now",
        ),
        (
            {"state": StateMark("b-lineage", 7)},
            "the state is another one than the plan was made from",
            "another lineage",
        ),
        ({"state": StateMark()}, "the state is gone", "serial 7 when planned, none now"),
        ({"sources": {"orders": "x"}}, "the code of `orders` is not what was planned", "another source"),
        ({"sources": {}}, "the code of `orders` is not what was planned", "it is gone"),
        ({"sources": {"orders": "4", "b": "1"}}, "the code of `b` is not what was planned", "it is new"),
        (
            {"configuration": {**FACTS.configuration, "routes": "x", "throttle": "y"}},
            "the configuration is not what was planned",
            "other now: routes, throttle",
        ),
        (
            {"tools": {**FACTS.tools, "Terraform": "1.12.0"}},
            "the plan was made with other tools",
            "Terraform 1.11.4 when planned, 1.12.0 now",
        ),
        (
            {"tools": {**FACTS.tools, "aws provider": "6.0.0"}},
            "the plan was made with other tools",
            "aws provider 5.100.0 when planned, 6.0.0 now",
        ),
        (
            {"target": {**FACTS.target, "account": "2"}},
            "the plan is for another target",
            "account 1 when planned, 2 now",
        ),
    ],
)
def test_what_moved_is_told(other, what, seen):
    assert told(**other) == [(what, seen)]


def test_a_first_plan_that_was_applied_is_told_as_such():
    planned = replace(FACTS, state=StateMark())
    (problem,) = moved.between(planned, FACTS)
    assert "the stage has been made since" in problem.what
    assert problem.seen == "no state when planned, serial 7 now"


def test_everything_that_moved_is_told_at_once():
    assert len(told(state=StateMark("a-lineage", 8), sources={}, configuration={}, tools={})) == 4


def test_of_another_target_nothing_else_is_compared():
    assert len(told(target={}, state=StateMark(), sources={})) == 1


def test_the_lineage_is_a_key_to_nothing_and_stays_untold_all_the_same():
    for state in (StateMark("b-lineage", 1), StateMark(), StateMark("a-lineage", 8)):
        assert "lineage-" not in str(told(state=state))
        assert "a-lineage" not in str(told(state=state))


@pytest.mark.parametrize(
    ("made", "what"),
    [
        (NOW - timedelta(days=6), None),
        (NOW + timedelta(minutes=4), None),
        (NOW - timedelta(days=9, hours=1), "the plan is too old"),
        (NOW + timedelta(minutes=6), "the plan is from the future"),
    ],
)
def test_a_plan_has_an_age(made, what):
    problems = list(moved.by_age(made, NOW, WEEK))
    assert bool(problems) == (what is not None)
    assert all(problem.what.startswith(what) for problem in problems)


def test_the_age_it_has_is_the_limit_that_would_do():
    (problem,) = moved.by_age(NOW - timedelta(days=9, hours=1), NOW, WEEK)
    assert problem.seen == "made 2026-11-13 11:00 UTC, 9d ago; the limit is 7d"
    assert "`--max-age 10d`" in problem.fix
