"""Every recorded fact, sent byte for byte to a server that is running: the embedded AWS, and `serve`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.cases import (
    inferred_events,
    recorded_answers,
    recorded_binary,
    recorded_events,
    recorded_failures,
    recorded_routes,
    recorded_templates,
    recorded_traces,
    recorded_validations,
)

if TYPE_CHECKING:
    from tests.cases.case import Case
    from tests.cases.shells import Shell

TABLES = (
    recorded_events,
    inferred_events,
    recorded_routes,
    recorded_answers,
    recorded_binary,
    recorded_failures,
    recorded_traces,
    recorded_validations,
    recorded_templates,
)
CASES = [case for table in TABLES for case in table.CASES]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_answer_is_the_one_of_aws(shell: Shell, case: Case) -> None:
    if case.only not in {None, shell.name}:
        pytest.skip(f"only the {case.only} shell has that")
    case.check(shell.answer(case))


def test_no_case_stands_in_the_tables_twice() -> None:
    assert len({case.name for case in CASES}) == len(CASES)
