"""Request validation before an integration, and the lines that execution starts with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.log_lines import request_lines
from apitool.proxy.unserved import invalid_body, parameters_missing
from apitool.proxy.validation import body_violation, missing_parameters

if TYPE_CHECKING:
    from apitool.proxy.answer import Answer
    from apitool.proxy.execution_log import Journal
    from apitool.proxy.passage import Passage
    from apitool.proxy.routing import Match


def validated(passage: Passage, route: Match, journal: Journal, *, now_ms: int) -> Answer | Journal:
    """The execution log so far, or the 400 that ends the request."""
    journal = journal.started(request_lines, passage)
    absent = missing_parameters(passage, route)
    if absent:
        return parameters_missing(passage, absent, journal, now_ms=now_ms)
    problem = body_violation(passage, route)
    if problem is not None:
        return invalid_body(passage, problem, journal, now_ms=now_ms)
    return journal
