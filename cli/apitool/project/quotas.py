"""How near an API is to what AWS takes, before anything is sent.

Quotas: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html and Lambda's 20,480 bytes for
a resource policy. The control plane takes 10 requests a second from an account and region in all, some
operations less.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.project.openapi import alias_arn, document, partition_of
from apitool.proxy.paths import with_parents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.project.model import Project, Stage

RESOURCES = 300
"""Of one RestApi, the root included; AWS raises it on request."""
BODY = 2 * 1024 * 1024
"""Bytes of an OpenAPI document to import, in AWS's table of quotas."""
POLICY = 20_480
"""Bytes of a Lambda function's resource policy, on one alias."""
_NEAR = 0.8  # of a quota
_ID = "a" * 10  # a RestApi's id has ten characters; the account's number has twelve
_ACCOUNT = "1" * 12

# What `up` asks of API Gateway to make a new stage, measured with Terraform 1.11 and provider 5.100: the same
# for 3 and for 300 routes. Seconds: CreateRestApi 1 in 3 s, PutRestApi 1 a second, CreateDeployment
# 1 in 5 s wait for nobody when they come once; the rest is 10 a second.
NEW_STAGE_CALLS = 21
CALLS_A_SECOND = 10


@dataclass(frozen=True, slots=True)
class Use:
    """How much of a quota is used: `what` in words, both numbers in `unit`."""

    what: str
    used: int
    most: int
    unit: str = ""

    @property
    def near(self) -> bool:
        """Whether it is worth a word: 80 % and more."""
        return self.used >= self.most * _NEAR

    def __str__(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        return f"{self.what} {self.used:,} of {self.most:,}{unit}"


def uses(project: Project, stage: Stage) -> tuple[Use, ...]:
    """The quotas that grow with an API: resources, the document, the largest permission policy."""
    body = json.dumps(
        document(project, stage, account_id=_ACCOUNT), separators=(",", ":"), ensure_ascii=False
    )
    policies = {name: _policy(project, stage, name) for name in project.functions}
    return (
        Use("resources", len(with_parents(route.path for route in project.routes)), RESOURCES),
        Use("OpenAPI body", len(body.encode()), BODY, "bytes"),
        Use("largest permission policy", max(policies.values()), POLICY, "bytes"),
    )


def _policy(project: Project, stage: Stage, function: str) -> int:
    """Bytes of the policy of a function's alias, as Lambda writes it, however many routes."""
    arn = alias_arn(project, stage, function, account_id=_ACCOUNT)
    sources = list(_sources(project, stage, function))
    api = f"arn:{partition_of(project.region)}:execute-api:{project.region}:{_ACCOUNT}:{_ID}"
    statements = [
        {
            "Sid": sid,
            "Effect": "Allow",
            "Principal": {"Service": "apigateway.amazonaws.com"},
            "Action": "lambda:InvokeFunction",
            "Resource": arn,
            "Condition": {"ArnLike": {"AWS:SourceArn": f"{api}/{source}"}},
        }
        for sid, source in sources
    ]
    policy = {"Version": "2012-10-17", "Id": "default", "Statement": statements}
    return len(json.dumps(policy, separators=(",", ":"))) if statements else 0


def _sources(project: Project, stage: Stage, function: str) -> Iterator[tuple[str, str]]:
    """Sid and source of each permission in the module's permission.tf and permission_of_tests.tf."""
    if any(route.function == function for route in project.routes):
        yield f"apigateway-{_ID}-{stage.name}"[:100], f"{stage.name}/*/*"
        yield f"apigateway-test-{_ID}-{stage.name}"[:100], "test-invoke-stage/*/*"
    if any(each.function == function for each in project.authorizers.values()):
        yield f"apigateway-{_ID}-{stage.name}-authorizers"[:100], "authorizers/*"
