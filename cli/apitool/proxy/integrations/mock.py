"""MOCK: the request template gives a status code, which selects an integration response.

A MOCK has no endpoint and sends no trace id (recorded, LocalStack `test_invocation_trace_id`); what its
request template sets of `$context` reaches the response template (recorded, `test_integration_mock_with_*`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apitool.proxy.answer import Answer, answered, refused
from apitool.proxy.integrations.mapped_request import map_request
from apitool.proxy.integrations.mapped_response import EndpointReply, MappingFailure, map_response
from apitool.proxy.log_lines import success_lines
from apitool.proxy.outcome_texts import CONFIGURATION
from apitool.proxy.verdict import Finding

if TYPE_CHECKING:
    from apitool.proxy.api import Integration
    from apitool.proxy.execution_log import Journal
    from apitool.proxy.passage import Passage

# AWS reads templates leniently: `{statusCode: 200}` without quotes is in half of all published examples.
_STATUS = re.compile(r"""["']?statusCode["']?\s*:\s*["']?(\d{3})\b""")
_NO_STATUS_LOG = (
    f"{CONFIGURATION}Unable to parse statusCode. It should be an integer that is defined in the request "
    "template."
)
_NO_STATUS = Finding(
    rule="mock.no-status-code",
    what="The request template of the MOCK integration gives no statusCode for this Content-Type",
    fix='Set requestTemplates "application/json" to {"statusCode": 200}',
    recorded=False,
)


def mock_answer(passage: Passage, integration: Integration, journal: Journal, *, now_ms: int) -> Answer:
    """What a MOCK integration answers to a request."""
    made = map_request(passage, integration, journal, now_ms=now_ms)
    if isinstance(made, Answer):
        return made
    status = _STATUS.search(made.body.decode(errors="replace"))
    if status is None:
        log = (_NO_STATUS_LOG,)
        return refused(passage, "DEFAULT_5XX", (_NO_STATUS,), journal, now_ms=now_ms, log=log)
    reply = EndpointReply(int(status[1]), status[1], (), b"")
    verdict = map_response(passage, integration, reply, made.overrides)
    if isinstance(verdict, MappingFailure):
        findings, log = (verdict.finding,), (verdict.log,)
        return refused(passage, verdict.response_type, findings, journal, now_ms=now_ms, log=log)
    journal = journal.then(success_lines, verdict.status, verdict.headers, verdict.body, None)
    return answered(passage, verdict, journal, now_ms=now_ms)
