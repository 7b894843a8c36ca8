"""What a request leaves in the logs, as CloudWatch Logs has it and as `serve` shows it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.cases.case import Case, Raises, Sent
from tests.cases.checks import begins
from tests.cases.recorded_logs import (
    ACCESS,
    CASES,
    FAILED_WITHOUT_TRACE,
    LEVELS,
    LOGGED,
    WITHOUT_TRACE,
    Logged,
)

from apitool.stage import logging_wait

if TYPE_CHECKING:
    from tests.cases.shells import EmbeddedShell, Shell
    from tests.cases.wire import Answered

LONGEST = 1_024  # bytes of a text; prefix and mark are not counted


def asked(shell: Shell, case: Logged) -> Answered:
    return shell.answer(Case(case.name, case.source, case.api, case.sent, print, case.returns))


def request_id(answer: Answered) -> str:
    return answer.header("x-amzn-RequestId") or ""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_lines_are_those_of_aws_in_their_order(shell: Shell, case: Logged) -> None:
    if case.only not in {None, shell.name}:
        pytest.skip(f"only the {case.only} shell has that")
    lines = shell.log_of(case.api, request_id(asked(shell, case)))
    wrong = [pair for pair in zip(lines, case.lines, strict=False) if not begins(*pair)]
    assert (wrong, len(lines)) == ([], len(case.lines))


def level(embedded: EmbeddedShell, name: str, returns: object) -> list[str]:
    api = embedded.id_of(LEVELS)
    embedded.patch(api, LEVELS.stage, ("/*/*/logging/loglevel", name), ("/*/*/logging/dataTrace", "false"))
    answer = embedded.answer(Case("level", "R", LEVELS, Sent("GET /dev/quiet"), print, returns))
    return embedded.log_of(LEVELS, request_id(answer))


def test_info_alone_writes_no_bodies(embedded: EmbeddedShell) -> None:
    lines = level(embedded, "INFO", {})
    assert [begins(*pair) for pair in zip(lines, WITHOUT_TRACE, strict=True)] == [True] * len(WITHOUT_TRACE)


def test_error_alone_writes_what_failed(embedded: EmbeddedShell) -> None:
    assert tuple(level(embedded, "ERROR", "Bad response")) == FAILED_WITHOUT_TRACE


def test_groups_and_streams_have_awss_names(embedded: EmbeddedShell) -> None:
    case = CASES[0]
    rid = request_id(asked(embedded, case))
    assert embedded.log_of(case.api, rid)
    group = f"API-Gateway-Execution-Logs_{embedded.id_of(LOGGED)}/probe"
    logs = embedded.client("logs")
    streams = logs.describe_log_streams(logGroupName=group)["logStreams"]
    assert all(re.fullmatch("[0-9a-f]{32}", each["logStreamName"]) for each in streams)
    messages = [event["message"] for event in logs.filter_log_events(logGroupName=group)["events"]]
    assert all(re.match(r"\([0-9a-f-]{36}\) ", message) for message in messages)
    texts = [message.partition(") ")[2].removesuffix(" [TRUNCATED]") for message in messages]
    assert all(len(text.encode()) <= LONGEST for text in texts)
    event = next(line for line in messages if rid in line and "body after transformations: {" in line)
    assert event.endswith(" [TRUNCATED]")  # no event of a request fits
    assert len(event) == len(f"({rid}) ") + LONGEST + len(" [TRUNCATED]")


def test_the_access_log_of_a_function_error_says_what_failed(embedded: EmbeddedShell) -> None:
    failing = Raises("owned-backend-failure")
    case = Case("access", "R stackd", LOGGED, Sent("GET /probe/quiet"), print, failing)
    rid = request_id(embedded.answer(case))
    assert embedded.access_log_of(LOGGED, rid) == {"requestId": rid, **ACCESS}


def test_who_waits_for_a_change_of_logging_outlasts_what_aws_took() -> None:
    # stackd, September 2026: the first line 42 to 54 s after UpdateStage, lines until 11 s after OFF
    assert logging_wait._LONGEST >= 3 * 54
    said = (Path(__file__).parents[2] / "docs/logs.md").read_text(encoding="utf-8")
    assert "40 s and more" in said
