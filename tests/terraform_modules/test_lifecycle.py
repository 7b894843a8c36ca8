"""What no plan shows: how Terraform is told to treat a resource. Read from the text, without Terraform."""

from __future__ import annotations

import re

import pytest
from tests.terraform_modules.copied import SOURCE

EXPECTED = [
    ("modules/rest_api/rest_api.tf", "aws_api_gateway_deployment", "create_before_destroy = true"),
    (
        "modules/lambda_function/function.tf",
        "aws_lambda_alias",
        "replace_triggered_by = [aws_lambda_function.this.arn]",
    ),
    ("modules/cloudwatch_role/role.tf", "aws_iam_role", "prevent_destroy = true"),
    ("modules/cloudwatch_role/role.tf", "aws_iam_role_policy_attachment", "prevent_destroy = true"),
]


@pytest.mark.parametrize(("file", "kind", "rule"), EXPECTED)
def test_lifecycle_is_as_declared(file, kind, rule):
    resource = re.search(
        rf'^resource "{kind}" "\w+" \{{\n(.*?)^\}}', (SOURCE / file).read_text(), re.MULTILINE | re.DOTALL
    )
    assert resource
    lifecycle = re.search(r"^  lifecycle \{\n(.*?)^  \}", resource[1], re.MULTILINE | re.DOTALL)
    assert lifecycle
    assert rule in lifecycle[1]


def test_nothing_of_the_stage_is_ignored():
    """A canary or a rolled-back deployment has to show in the next plan, not to be left as it is unseen."""
    text = "\n".join(file.read_text() for file in SOURCE.glob("modules/*/*.tf"))
    assert "ignore_changes" not in text
