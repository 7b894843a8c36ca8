"""`apitool review` as typed: outputs side by side, a comment, a summary, the gate, and no token anywhere."""

from __future__ import annotations

import json
import logging
import sys

import pytest
from tests.github.stub import serving
from tests.review.golden import PLANS
from tests.review.scenarios import CANARIES

from apitool import entry

TOKEN = "ghs_canary_token_of_the_job"


@pytest.fixture
def apitool(monkeypatch, tmp_path, capfd):
    """Runs a command line below an empty folder; returns exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_TOKEN", "GH_TOKEN", "GITHUB_REPOSITORY", "GITHUB_STEP_SUMMARY", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["apitool", *map(str, arguments)])
        code = 0
        try:
            entry.run()
        except SystemExit as ended:
            code = ended.code or 0
        said = capfd.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def job(monkeypatch, tmp_path):
    """A job of GitHub Actions on pull request 12, without gh, its API on loopback."""
    with serving() as github:
        environment = {
            "PATH": str(tmp_path),
            "GITHUB_API_URL": github.url,
            "GITHUB_GRAPHQL_URL": f"{github.url}/graphql",
            "GITHUB_TOKEN": TOKEN,
            "GITHUB_REPOSITORY": "acme/orders",
            "GITHUB_REF": "refs/pull/12/merge",
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
            "GITHUB_ACTIONS": "true",
        }
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        yield github


def test_a_plan_without_a_project_is_reviewed(apitool):
    code, out, _ = apitool("review", PLANS / "route_removed.json")
    assert code == 0
    assert "error: DELETE /orders/{orderId}: the route is gone" in out


def test_the_gate_ends_with_5(apitool):
    code, _, err = apitool("review", PLANS / "route_removed.json", "--fail-on", "error")
    assert code == 5
    assert "findings as bad as `error`, or worse: 1" in err


def test_json_is_one_document_at_a_closed_gate_too(apitool):
    code, out, _ = apitool("review", PLANS / "route_removed.json", "--fail-on", "error", "-o", "json")
    assert code == 5
    assert json.loads(out)["gate"] == {"limit": "error", "reached_by": 1}


def test_a_page_is_written_beside_the_text(apitool, tmp_path):
    code, out, err = apitool(
        "review", PLANS / "route_added.json", "--html", "page.html", "--title", "shop/qa"
    )
    assert code == 0
    assert out.startswith("shop/qa: 1 change")
    assert "page: page.html" in err
    assert "<title>shop/qa: 1 change" in (tmp_path / "page.html").read_text()


def test_a_page_that_can_not_be_written_is_an_error(apitool):
    code, _, err = apitool("review", PLANS / "route_added.json", "--html", "none/page.html")
    assert code == 1
    assert "`none/page.html` can't be written" in err


def test_the_comment_is_made_then_updated_then_left(apitool, job):
    assert apitool("review", PLANS / "route_added.json", "--title", "x", "--post", "github")[0] == 0
    _, _, err = apitool("review", PLANS / "route_removed.json", "--title", "x", "--post", "github")
    assert "comment on acme/orders#12 updated" in err
    _, _, err = apitool("review", PLANS / "route_removed.json", "--title", "x", "--post", "github")
    assert "unchanged" in err
    (comment,) = job.comments
    assert "the route is gone" in comment["body"]


def test_nothing_changed_makes_no_comment_when_asked(apitool, job):
    _, _, err = apitool("review", PLANS / "no_change.json", "--post", "github", "--skip-empty")
    assert "skipped" in err
    assert job.comments == []


def test_a_dry_run_sends_nothing(apitool, job):
    _, _, err = apitool("review", PLANS / "route_added.json", "--post", "github", "--summary", "--dry-run")
    assert "would update the comment, or make one on acme/orders#12" in err
    assert job.asked == []


def test_the_comment_stands_although_the_gate_is_closed(apitool, job):
    code, _, _ = apitool("review", PLANS / "route_removed.json", "--post", "github", "--fail-on", "error")
    assert code == 5
    assert len(job.comments) == 1


def test_the_summary_is_appended(apitool, job, tmp_path):
    (tmp_path / "summary.md").write_text("before\n")
    apitool("review", PLANS / "route_removed.json", "--summary")
    text = (tmp_path / "summary.md").read_text()
    assert text.startswith("before\n<!-- apitool-review title=route_removed.json ")
    assert job.asked == []


def test_a_summary_outside_a_job_is_refused(apitool):
    code, _, err = apitool("review", PLANS / "route_removed.json", "--summary")
    assert code == 2
    assert "no job summary" in err


def test_external_findings_close_the_gate(apitool, tmp_path):
    result = {"ruleId": "X1", "level": "error", "message": {"text": "bad"}}
    log = {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "checkov"}}, "results": [result]}]}
    (tmp_path / "x.sarif").write_text(json.dumps(log))
    code, out, _ = apitool("review", PLANS / "no_change.json", "--sarif", "x.sarif", "--fail-on", "error")
    assert code == 5
    assert "[X1]" in out


def test_a_finding_stands_at_the_line_of_its_resource(apitool, tmp_path):
    (tmp_path / "main.tf").write_text('\n\nresource "aws_api_gateway_method" "list" {\n}\n')
    (tmp_path / "plan.json").write_text((PLANS / "foreign_authorizer_removed.json").read_text())
    _, out, _ = apitool("review", "plan.json")
    assert "--> main.tf:3:1" in out


@pytest.mark.parametrize(
    "name", ["foreign_secret_rotated", "environment_secret_added", "stage_variable_changed", "taken_down"]
)
def test_no_secret_and_no_token_leaves_by_any_way(apitool, job, tmp_path, name, caplog):
    caplog.set_level(logging.DEBUG)
    said = []
    for form in ("text", "markdown", "sarif", "annotations"):
        where = ["--html", f"{form}.html", "--summary", "--post", "github", "--comment", "hide"]
        said += apitool("-vv", "review", PLANS / f"{name}.json", "--format", form, *where)
    said += apitool("review", PLANS / f"{name}.json", "-o", "json")
    said += [file.read_text() for file in tmp_path.rglob("*") if file.is_file()]
    said += [comment["body"] for comment in job.comments]
    everything = "\n".join([*map(str, said), caplog.text])
    assert job.tokens == {f"Bearer {TOKEN}"}
    assert [what for what in (*CANARIES.values(), TOKEN) if what in everything] == []


def test_a_refused_comment_is_told_without_the_token(apitool, job):
    job.known = "acme/other"
    code, out, err = apitool("review", PLANS / "route_added.json", "--post", "github")
    assert code == 4
    assert "no such pull request" in err
    assert TOKEN not in out + err
