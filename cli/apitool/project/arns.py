"""Rules for values that name something outside the project: ARNs, ids of networks, IAM's actions.

One pattern a kind of thing, as the Terraform modules have it too, so that a wrong one is found in the file
and not in a plan. Whether the thing exists, only AWS knows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apitool.project.values import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    Rule = Callable[[str], Refusal | None]

_ARN = r"arn:aws[a-z-]*"
_AT = r"[a-z0-9-]+:[0-9]{12}"  # region and account


def _named(pattern: str, must: str, example: str) -> Rule:
    """A rule that wants the whole value to be of the pattern."""
    compiled = re.compile(pattern)

    def rule(value: str) -> Refusal | None:
        return None if compiled.fullmatch(value) else Refusal(f"must be {must}", f"e.g. `{example}`")

    return rule


access_point = _named(
    rf"{_ARN}:elasticfilesystem:{_AT}:access-point/fsap-[a-f0-9]{{17}}",
    "the ARN of an EFS access point",
    "arn:aws:elasticfilesystem:eu-central-1:123456789012:access-point/fsap-0a1b2c3d4e5f60718",
)
code_signing_config = _named(
    rf"{_ARN}:lambda:{_AT}:code-signing-config:csc-[a-z0-9]{{17}}",
    "the ARN of a code signing configuration",
    "arn:aws:lambda:eu-central-1:123456789012:code-signing-config:csc-0a1b2c3d4e5f60718",
)
dead_letter_target = _named(
    rf"{_ARN}:(sqs|sns):{_AT}:[A-Za-z0-9_-]+",
    "the ARN of an SQS queue or SNS topic, no FIFO one",
    "arn:aws:sqs:eu-central-1:123456789012:orders-dead",
)
failure_destination = _named(
    rf"{_ARN}:(sqs|sns|lambda|events|s3):[a-z0-9-]*:([0-9]{{12}})?:.+",
    "the ARN of a queue, topic, function, event bus or bucket",
    "arn:aws:sqs:eu-central-1:123456789012:failures",
)
success_destination = _named(
    rf"{_ARN}:(sqs|sns|lambda|events):{_AT}:.+",
    "the ARN of a queue, topic, function or event bus",
    "arn:aws:sqs:eu-central-1:123456789012:successes",
)
kms_key = _named(
    rf"{_ARN}:kms:{_AT}:key/[A-Za-z0-9-]+",
    "the ARN of a KMS key, not of an alias",
    "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
)
layer_version = _named(
    rf"{_ARN}:lambda:{_AT}:layer:[A-Za-z0-9_-]+:[0-9]+",
    "the ARN of a layer's version",
    "arn:aws:lambda:eu-central-1:123456789012:layer:tools:3",
)
policy = _named(
    rf"{_ARN}:iam::([0-9]{{12}}|aws):policy/.+",
    "the ARN of an IAM policy",
    "arn:aws:iam::123456789012:policy/boundary",
)
access_log_destination = _named(
    rf"{_ARN}:(logs:{_AT}:log-group:[A-Za-z0-9._/#-]+"
    rf"|firehose:{_AT}:deliverystream/amazon-apigateway-[A-Za-z0-9._-]+)",
    "the ARN of a log group, without `:*`, or of a Firehose stream called `amazon-apigateway-…`",
    "arn:aws:logs:eu-central-1:123456789012:log-group:access",
)
credentials = _named(
    rf"{_ARN}:iam::[0-9]{{12}}:role/(?:[A-Za-z0-9+=,.@_/-]|\$\{{stageVariables\.[A-Za-z0-9_]+\}})+"
    r"|arn:aws[a-z-]*:iam::\*:user/\*",
    "the ARN of a role, or `arn:aws:iam::*:user/*`",
    "arn:aws:iam::123456789012:role/gateway",
)
certificate = _named(
    rf"{_ARN}:acm:{_AT}:certificate/[a-f0-9-]+",
    "the ARN of a certificate in ACM",
    "arn:aws:acm:eu-central-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
)
network_load_balancer = _named(
    rf"{_ARN}:elasticloadbalancing:{_AT}:loadbalancer/net/[A-Za-z0-9-]+/[a-f0-9]+",
    "the ARN of a network load balancer: REST APIs link to no other",
    "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/internal/0a1b2c3d4e5f6071",
)
web_acl = _named(
    rf"{_ARN}:wafv2:{_AT}:regional/webacl/[^/]+/[a-f0-9-]+",
    "the ARN of a regional web ACL of WAFv2",
    "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/orders/1234abcd-12ab-34cd-56ef-1234567890ab",
)
truststore = _named(
    r"s3://[a-z0-9.-]{3,63}/.+", "a file in S3, `s3://BUCKET/KEY`", "s3://acme-trust/clients.pem"
)
vpc_endpoint = _named(r"vpce-[a-z0-9]+", "the id of a VPC endpoint", "vpce-0a1b2c3d4e5f60718")
subnet = _named(r"subnet-[a-z0-9]+", "the id of a subnet", "subnet-0a1b2c3d4e5f60718")
security_group = _named(r"sg-[a-z0-9]+", "the id of a security group", "sg-0a1b2c3d4e5f60718")
version_number = _named(r"[1-9][0-9]*", "the number of a published version", "6")
context_variable = _named(
    r"\$context\.[A-Za-z0-9_.-]+", "one variable of API Gateway's, `$context.…`", "$context.authorizer.tenant"
)
field_name = _named(r"[A-Za-z][A-Za-z0-9_]*", "letters, digits and _, from a letter", "tenant")
mount_path = _named(r"/mnt/[A-Za-z0-9_.-]+", "`/mnt/` and one name", "/mnt/orders")


def action(value: str) -> Refusal | None:
    """An action of IAM, whole: what a wildcard lets in nobody has reviewed."""
    if "*" in value or "?" in value:
        return Refusal("must name one action, without wildcards", "write out each that the function uses")
    if not re.fullmatch(r"[a-z0-9-]+:[A-Za-z0-9]+", value):
        return Refusal("must be an IAM action, `service:Action`", "e.g. `sqs:SendMessage`")
    return None


def resource(value: str) -> Refusal | None:
    """An ARN of IAM's, or `*`, which its statement has to allow."""
    if value != "*" and not re.fullmatch(rf"{_ARN}:[a-z0-9-]+:[a-z0-9-]*:[0-9*]*:.+", value):
        return Refusal("must be an ARN", "e.g. `arn:aws:sqs:eu-central-1:123456789012:orders`")
    return None


def access_log_format(value: str) -> Refusal | None:
    """What API Gateway takes: one line, and an id of the request in it."""
    if "\n" in value or "\r" in value:
        return Refusal("must be one line", "a request is one line of the log")
    if not re.search(r"\$context\.(requestId|extendedRequestId)\b", value):
        return Refusal("must name the request", "put `$context.requestId` in")
    return None
