"""Text, Markdown, SARIF, JSON, annotations: the same review, fit for where it goes, and no secret in it."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.review.golden import NAMES, document, report, report_of
from tests.review.scenarios import CANARIES

from apitool.errors import GateError, Place, UsageError
from apitool.review import (
    as_annotations,
    as_data,
    as_markdown,
    as_sarif,
    as_text,
    fingerprint,
    module_folders,
    plan_document,
)
from apitool.review.assessment import Policy, Waiver
from apitool.review.finding import Severity
from apitool.review.places import Places
from apitool.stage import reviewing


def _everything(made):
    return "\n".join(
        [
            as_text.render(made),
            as_markdown.render(made),
            json.dumps(as_sarif.render(made)),
            json.dumps(as_data.render(made)),
            as_annotations.render(made),
        ]
    )


@pytest.mark.parametrize("name", NAMES)
def test_no_value_that_may_be_secret_is_in_any_output(name):
    said = _everything(report(name))
    assert [what for what, canary in CANARIES.items() if canary in said] == []


def test_the_canaries_are_in_the_plans():
    plans = "".join(json.dumps(document(name)) for name in NAMES)
    assert all(canary in plans for canary in CANARIES.values())


@pytest.mark.parametrize("name", NAMES)
def test_the_same_plan_in_another_order_is_the_same_review(name):
    shuffled = document(name)
    shuffled["resource_changes"].reverse()
    shuffled["timestamp"] = "2030-01-01T00:00:00Z"
    assert _everything(report_of(shuffled)) == _everything(report(name))


def test_another_value_or_another_package_is_another_fingerprint():
    plan = document("memory_changed")
    other = copy.deepcopy(plan)
    changed = next(each for each in other["resource_changes"] if each["change"]["actions"] == ["update"])
    changed["change"]["after"]["memory_size"] = 2048
    marks = {fingerprint.of(plan, {}), fingerprint.of(other, {}), fingerprint.of(plan, {"orders": "ab"})}
    assert len(marks) == 3


def test_where_the_package_lies_is_not_in_the_fingerprint():
    plan = document("code_changed")
    moved = json.loads(json.dumps(plan).replace('other.zip"', '/elsewhere/other.zip"'))
    assert fingerprint.of(plan, {}) == fingerprint.of(moved, {})


def _many(count):
    """The route removed by the recorded plan, so often."""
    plan = document("route_removed")
    api = next(each for each in plan["resource_changes"] if each["type"] == "aws_api_gateway_rest_api")
    body = json.loads(api["change"]["before"]["body"])
    operations = body["paths"]["/orders/{orderId}"]
    body["paths"] |= {f"/a/rather/long/path/number/{number}": operations for number in range(count)}
    api["change"]["before"]["body"] = json.dumps(body)
    return plan


@pytest.mark.parametrize("count", [0, 10, 300, 3000])
def test_a_comment_always_fits_and_says_what_it_leaves_out(count):
    text = as_markdown.render(report_of(_many(count)))
    assert len(text) <= as_markdown.LONGEST
    assert ("left out" in text) == (count == 3000)
    assert text.count("<details>") == text.count("</details>")
    assert text.startswith("<!-- apitool-review title=orders/prod fingerprint=")


def test_foreign_text_is_no_markup():
    plan = json.loads(json.dumps(document("route_added")).replace("orders-prod", "x<img>|@org/team [a](b)"))
    text = as_markdown.render(report_of(plan, title="<b>@me|"))
    body = text.split("\n", 1)[1]
    assert "<img" not in body
    assert "<b>@" not in body
    assert "@org" not in body


def test_a_waived_finding_is_shown_with_its_reason_and_counts_no_more_until_it_expires():
    waiver = Waiver("route-removed", "nobody calls it", date(2026, 12, 31), "DELETE *")
    made = report("route_removed", policy=Policy(waivers=(waiver,)))
    assert not made.standing
    assert "nobody calls it (until 2026-12-31)" in as_text.render(made)
    assert "nobody calls it" in as_markdown.render(made)
    expired = report("route_removed", policy=Policy(waivers=(waiver,)), today=date(2027, 1, 1))
    assert [finding.rule for finding in expired.standing] == ["route-removed"]


def test_a_severity_can_be_changed_and_a_rule_switched_off():
    milder = report("route_removed", policy=Policy({"route-removed": Severity.NOTE}))
    assert [finding.severity for finding in milder.findings] == ["note"]
    assert report("route_removed", policy=Policy({"route-removed": None})).findings == ()


def test_the_gate_closes_at_the_limit_and_not_below():
    warned = report("throttle_removed")
    with pytest.raises(GateError) as refused:
        reviewing.gate(warned, "warning")
    assert refused.value.exit_code == 5
    reviewing.gate(warned, "error")
    reviewing.gate(warned, "never")


def test_sarif_has_what_code_scanning_asks_for():
    made = as_sarif.render(report("foreign_routes_added"))
    (run,) = made["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert made["version"] == "2.1.0"
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert len(run["results"]) == 5
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert result["locations"][0]["physicalLocation"]["region"]["startLine"] >= 1
        assert result["partialFingerprints"]


def test_annotations_stand_at_the_line_and_can_not_break_out_of_theirs():
    made = report("throttle_removed")
    placed = tuple(
        replace(each, place=Place(Path("a,b:c.tf"), 7), what="one\n::error::two") for each in made.findings
    )
    said = as_annotations.render(replace(made, findings=placed))
    assert said.startswith("::warning title=apitool throttling-removed,file=a%2Cb%3Ac.tf,line=7::")
    assert "\n" not in said


def test_places_are_lines_of_the_project_then_of_the_resource():
    toml = '[routes]\n"GET /a" = "f"\n\n[stages.prod]\n'
    sources = {Path("main.tf"): '\n\nresource "aws_lambda_function" "pets" {\n}\n'}
    places = Places((Path("apitool.toml"), toml), sources)
    assert str(places.of("GET /a", "")) == "apitool.toml:2:1"
    assert places.of("prod */*", "").line == 4
    assert str(places.of("pets", 'module.x["a.b"].aws_lambda_function.pets[0]')) == "main.tf:3:1"
    assert places.of("unknown", "aws_iam_role.none") is None


def test_a_resource_of_a_module_has_the_place_in_that_module_s_folder():
    text = 'resource "aws_iam_role" "this" {\n}\n'
    sources = {
        Path("infra/main.tf"): text,
        Path("infra/modules/a/main.tf"): f"\n{text}",
        Path("got/b/main.tf"): text,
    }
    inner = {"module_calls": {"deep": {"source": "acme/deep/aws"}}}
    calls = {"one": {"source": "./modules/a", "module": inner}, "two": {"source": "acme/other/aws"}}
    configuration = {"root_module": {"module_calls": calls}}
    folders = module_folders.of(configuration, Path("infra"), {"one.deep": "../got/b"})
    places = Places(None, sources, folders)
    assert str(places.of("", "aws_iam_role.this")) == "infra/main.tf:1:1"
    assert str(places.of("", 'module.one["x.y"].aws_iam_role.this[0]')) == "infra/modules/a/main.tf:2:1"
    assert str(places.of("", "module.one.module.deep.aws_iam_role.this")) == "got/b/main.tf:1:1"
    assert places.of("", "module.two.aws_iam_role.this") is None


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", "nonsense", '{"format_version": "2.0", "resource_changes": []}']
)
def test_what_is_no_plan_is_refused(tmp_path, content):
    file = tmp_path / "plan.json"
    file.write_text(content)
    with pytest.raises(UsageError):
        reviewing.of_file(file, tmp_path)


def test_the_hidden_header_carries_the_fingerprint():
    made = report("route_added")
    assert made.fingerprint in as_markdown.header(made)
    assert as_markdown.render(made).startswith(as_markdown.MARK)


def test_an_empty_plan_is_read():
    assert plan_document.read({"format_version": "1.2", "resource_changes": []}).changes == ()
