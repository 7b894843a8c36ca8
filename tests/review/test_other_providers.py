"""Plans of other versions of Terraform and the provider are reviewed alike."""

from __future__ import annotations

import copy

import pytest
from tests.review.golden import NAMES, document, report, report_of

from apitool.review import as_markdown


def _by_provider_6(plan):
    """Each resource with its `region`, known or filled in now, and attributes that AWS computes."""
    made = copy.deepcopy(plan)
    for record in (*made["resource_changes"], *made.get("resource_drift", [])):
        change = record["change"]
        if change["after"] is not None and change["before"] is None:
            change["after"]["region"] = "eu-central-1"
            change["after_unknown"]["response_streaming_invoke_arn"] = True
        elif change["after"] is not None:
            change["before"]["region"] = None if record["type"].startswith("aws_iam") else "eu-central-1"
            change["after"]["region"] = "eu-central-1"
        record["change"]["before_identity"] = record["change"]["after_identity"] = {"id": "x"}
    return made


@pytest.mark.parametrize("name", NAMES)
def test_what_provider_6_adds_is_no_news(name):
    old, new = report(name), report_of(_by_provider_6(document(name)))
    assert new.changes.changes == old.changes.changes
    assert new.findings == old.findings


def test_a_region_that_changes_is_told():
    plan = document("foreign_throttle_removed")
    for record in plan["resource_changes"]:
        if record["type"] == "aws_api_gateway_method_settings":
            record["change"]["before"]["region"] = "eu-central-1"
            record["change"]["after"]["region"] = "us-east-1"
            record["change"]["actions"] = ["delete", "create"]
            record["change"]["replace_paths"] = [["region"]]
    assert "made anew for region" in as_markdown.render(report_of(plan))


def test_what_newer_formats_add_does_no_harm():
    plan = document("route_removed") | {
        "format_version": "1.9",
        "applyable": True,
        "complete": True,
        "action_invocations": [{"address": "action.x"}],
        "resource_changes": [
            *document("route_removed")["resource_changes"],
            {"address": "ephemeral.x.y", "mode": "ephemeral", "type": "x", "change": {"actions": ["open"]}},
            {
                "address": "data.aws_caller_identity.me",
                "mode": "data",
                "type": "y",
                "change": {"actions": ["read"]},
            },
        ],
    }
    assert report_of(plan).findings == report("route_removed").findings
    assert report_of(plan).headline == report("route_removed").headline
