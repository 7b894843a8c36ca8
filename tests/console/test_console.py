"""stdout is the result, stderr is talk; nothing from outside moves the cursor."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from apitool.console import Console, Output
from apitool.errors import ApitoolError, Place, Problem, ProjectError, UsageError


def console(**options) -> Console:
    return Console(out=io.StringIO(), err=io.StringIO(), **options)


def test_a_result_goes_to_stdout_and_talk_to_stderr():
    talk = console()
    talk.say("working")
    talk.result("done", {"done": True})
    assert (talk.out.getvalue(), talk.err.getvalue()) == ("done\n", "working\n")


def test_json_output_is_one_document_and_no_text():
    talk = console(output=Output.JSON)
    talk.result("done", {"path": Path("a/b"), "name": "ü"})
    assert json.loads(talk.out.getvalue()) == {"path": "a/b", "name": "ü"}


def test_quiet_says_nothing_but_the_result():
    talk = console(verbosity=-1)
    talk.say("working")
    with talk.step("plan", "planning"):
        pass
    talk.result("done", {})
    assert (talk.out.getvalue(), talk.err.getvalue()) == ("done\n", "")


def test_a_step_leaves_one_line_on_a_pipe():
    talk = console()
    with talk.step("plan", "planning") as step:
        step.update("23 resources")
        step.update("24 resources")
    assert talk.err.getvalue() == "✓ plan      24 resources\n"


def test_a_failed_step_leaves_no_tick():
    talk = console()
    with pytest.raises(ApitoolError), talk.step("plan", "planning"):
        raise ApitoolError("no")
    assert talk.err.getvalue() == ""


def test_an_error_says_what_where_what_was_seen_and_the_fix():
    talk = console()
    place = Place(Path("apitool.toml"), 12, 10)
    talk.error(UsageError("bad route", place=place, seen="get /x", fix="write it GET /x"))
    assert talk.err.getvalue() == (
        "error: bad route\n  --> apitool.toml:12:10\n  seen: get /x\n  fix:  write it GET /x\n"
    )


def test_every_problem_of_an_error_is_shown_in_order():
    talk = console()
    talk.error(ProjectError([Problem("one"), Problem("two", seen="a\nb")]))
    assert talk.err.getvalue() == "error: one\nerror: two\n  seen: a\n        b\n"


def test_with_json_an_error_is_one_document_on_stdout():
    talk = console(output=Output.JSON)
    talk.error(ProjectError([Problem("one", Place(Path("f"), 1, 2)), Problem("two")]))
    error = json.loads(talk.out.getvalue())["error"]
    assert error["exit_code"] == 2
    assert [problem["what"] for problem in error["problems"]] == ["one", "two"]
    assert error["problems"][0]["place"] == {"file": "f", "line": 1, "column": 2}


def test_a_question_nobody_can_answer_is_a_usage_error():
    with pytest.raises(UsageError) as raised:
        console(interactive=False).confirm("Apply this?")
    assert "--yes" in raised.value.problems[0].fix


@pytest.mark.parametrize(
    "hostile", ["\x1b[2J", "\x1b]0;title\x07", "\r", "\x07", "\u202e", "\u200b", "\x9b31m", "\ud800"]
)
def test_control_sequences_from_outside_are_written_out(hostile):
    talk = console()
    talk.say(f"before{hostile}after")
    talk.result(f"before{hostile}after", {})
    for shown in (talk.err.getvalue(), talk.out.getvalue()):
        assert hostile not in shown
        assert shown.startswith("before\\")


def test_of_a_step_within_a_step_only_the_outer_one_leaves_a_line():
    console = Console(out=io.StringIO(), err=io.StringIO())
    with console.step("account", "CloudWatch role made"), console.step("plan", "3 to add"):
        pass
    with console.step("smoke", "200"):
        pass
    lines = console.err.getvalue().splitlines()
    assert [line.split()[1] for line in lines] == ["account", "smoke"]
