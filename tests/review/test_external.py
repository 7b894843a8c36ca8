"""Findings of other tools, from their SARIF: among the review's own, grouped by rule, never a traceback."""

from __future__ import annotations

import json
from datetime import date

import pytest
from tests.review.golden import report

from apitool.errors import UsageError
from apitool.review import as_markdown, as_text, sarif
from apitool.review.assessment import Policy, Waiver
from apitool.review.page import document
from apitool.stage import external_findings, reviewing

NOTHING = Policy()
RESULTS = [
    {"ruleId": "CKV_AWS_73", "ruleIndex": 0, "level": "error", "message": {"text": "no tracing"}},
    {"ruleId": "CKV_AWS_73", "level": "error", "message": {"text": "no tracing"}},
    {"ruleIndex": 1, "message": {"text": "open"}},
    {"ruleId": "CKV_AWS_73", "kind": "pass", "message": {"text": "fine"}},
    {
        "ruleId": "CKV_AWS_1",
        "message": {"text": "x"},
        "suppressions": [{"kind": "inSource", "justification": "why"}],
    },
]
RESULTS[0]["locations"] = [
    {
        "physicalLocation": {"artifactLocation": {"uri": "stage.tf"}, "region": {"startLine": 12}},
        "logicalLocations": [{"fullyQualifiedName": "aws_api_gateway_stage.live"}],
    }
]
RULES = [
    {"id": "CKV_AWS_73", "shortDescription": {"text": "X-Ray"}, "helpUri": "https://docs.example.com/73"},
    {"id": "CKV_AWS_59", "fullDescription": {"text": "public"}, "defaultConfiguration": {"level": "note"}},
]
LOG = {
    "version": "2.1.0",
    "runs": [{"tool": {"driver": {"name": "checkov", "rules": RULES}}, "results": RESULTS}],
}


def _merged(log, policy=NOTHING):
    return reviewing.completed(report("throttle_removed"), sarif.read(log, "x.sarif"), None, policy)


def test_results_become_findings_with_rule_place_and_level():
    first, _, by_index, suppressed = sarif.read(LOG, "x.sarif")
    assert (first.tool, first.rule, first.severity) == ("checkov", "CKV_AWS_73", "error")
    assert (first.subject, str(first.place)) == ("aws_api_gateway_stage.live", "stage.tf:12:1")
    assert (first.why, first.cure) == ("X-Ray", "https://docs.example.com/73")
    assert (by_index.rule, by_index.severity, by_index.why) == ("CKV_AWS_59", "note", "public")
    assert suppressed.waived == "why"


def test_they_stand_among_the_review_s_own_grouped_by_rule():
    merged = _merged(LOG)
    assert [each.rule for each in merged.standing] == [
        "CKV_AWS_73",
        "CKV_AWS_73",
        "throttling-removed",
        "CKV_AWS_59",
    ]
    for text in (as_markdown.render(merged), document.render(merged)):
        assert text.count("X-Ray") == 1
        assert text.count("no tracing") == 2
    assert "[CKV_AWS_73]" in as_text.render(merged)


def test_they_can_be_waived_and_weighed_as_one_s_own():
    waiver = Waiver("CKV_AWS_73", "later", date(2999, 1, 1), "aws_api_gateway_stage.*")
    merged = _merged(LOG, Policy({"CKV_AWS_59": None}, (waiver,)))
    assert [each.rule for each in merged.standing] == ["CKV_AWS_73", "throttling-removed"]


def test_what_of_a_policy_does_nothing_is_said():
    waiver = Waiver("throttling-removed", "was fine", date(2026, 1, 31))
    doubts = reviewing.doubts(_merged(LOG), Policy({"data-trce": None, "CKV_AWS_59": None}, (waiver,)))
    assert [(each.what, each.fix) for each in doubts] == [
        ("`[review]` names the rule `data-trce`, and nothing is called so", "did you mean `data-trace`?"),
        (
            "the waiver of `throttling-removed` on `*` ended on 2026-01-31",
            "mend the finding, or say until when it is accepted",
        ),
    ]


def test_they_count_at_the_gate():
    assert "2 errors" in _merged(LOG).headline


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        ("", "it is no JSON"),
        ("{", "it is no JSON"),
        ("[" * 100_000, "it is no JSON"),
        ("[]", "version missing"),
        ('{"version": "1.0.0", "runs": []}', "version 1.0.0"),
        ('{"version": "2.1.0"}', "runs missing"),
        ('{"version": "2.1.0", "runs": {}}', "runs there"),
    ],
)
def test_a_bad_file_is_one_clear_error(tmp_path, content, seen):
    file = tmp_path / "x.sarif"
    file.write_text(content)
    with pytest.raises(UsageError, match="SARIF") as refused:
        external_findings.read([file])
    (problem,) = refused.value.problems
    assert seen in str(problem.seen)


def test_a_missing_file_is_one_clear_error(tmp_path):
    with pytest.raises(UsageError, match="can't be read"):
        external_findings.read([tmp_path / "none.sarif"])


@pytest.mark.parametrize(
    "run",
    [
        {},
        {"results": None},
        {"results": [1, None, {}, {"message": 3, "locations": [{"physicalLocation": {"region": "x"}}]}]},
        {"tool": {"driver": {"name": 3, "rules": [{"id": 5}, None]}}, "results": [{"ruleIndex": 99}]},
    ],
)
def test_what_a_tool_left_out_does_no_harm(run):
    made = json.loads(json.dumps({"version": "2.1.0", "runs": [run]}))
    for finding in sarif.read(made, "x.sarif"):
        assert finding.subject
        assert finding.rule
