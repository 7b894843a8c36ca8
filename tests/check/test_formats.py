"""Findings for people, programs, pull requests and code scanning."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from apitool.check.finding import Finding, at_least
from apitool.check.formats import FORMATS

BROKEN = Finding(
    rule="response.body-not-a-string",
    severity="error",
    what="`body` is an object, not a string",
    fix="Call json.dumps on it",
    seen='object {"id": 1}',
    about="orders",
    file="src/app.py",
    line=4,
    column=44,
)
DOUBTFUL = Finding(rule="configuration", severity="warning", what="a: b, 100%\nnext", recorded=False)


def test_text_says_what_where_and_how_to_mend_it():
    text = FORMATS["text"]([BROKEN, DOUBTFUL])
    assert "error: orders: `body` is an object, not a string  [response.body-not-a-string]" in text
    assert "--> src/app.py:4:44" in text
    assert "fix:  Call json.dumps on it" in text
    assert "judged strictly" in text
    assert text.endswith("1 errors, 1 warnings")


def test_github_gets_one_line_each_with_its_place():
    first, second = FORMATS["github"]([BROKEN, DOUBTFUL]).splitlines()
    assert first.startswith(
        "::error file=src/app.py,line=4,col=44,title=response.body-not-a-string::orders: "
    )
    assert second == "::warning title=configuration::a: b, 100%25%0Anext."


def test_sarif_has_rules_levels_and_regions():
    (run,) = json.loads(FORMATS["sarif"]([BROKEN, DOUBTFUL]))["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["configuration", BROKEN.rule]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "src/app.py"}, "region": {"startLine": 4, "startColumn": 44}}
    assert "locations" not in run["results"][1]


def test_json_holds_everything():
    assert json.loads(FORMATS["json"]([BROKEN]))["findings"][0]["column"] == 44


def test_limits_count_what_reaches_them():
    counts = [at_least([BROKEN, DOUBTFUL], limit) for limit in ("error", "warning", "never")]
    assert counts == [1, 2, 0]


@given(st.text(), st.text())
def test_any_text_keeps_to_its_line_and_its_document(what, seen):
    finding = Finding(rule="r", severity="error", what=what, seen=seen)
    assert len(FORMATS["github"]([finding]).split("\n")) == 1
    json.loads(FORMATS["json"]([finding]))
    json.loads(FORMATS["sarif"]([finding]))
