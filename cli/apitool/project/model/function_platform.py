"""What a function has on AWS beside its code: network, storage, concurrency, keys, logs, permissions.

All of it may stand in `[functions.<name>]`, and again in `[stages.<stage>.functions.<name>]`, where it counts
for that stage: ARNs differ from account to account, and a development stage has no use for most of it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from apitool.project import arns
from apitool.project.model.base import Section
from apitool.project.model.fields import FILLED, by

_KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
_QUEUE = "arn:aws:sqs:eu-central-1:123456789012:orders-dead"
_ACCESS_POINT = "arn:aws:elasticfilesystem:eu-central-1:123456789012:access-point/fsap-0a1b2c3d4e5f60718"
_VPC = {"subnet_ids": ["subnet-0a1b2c3d4e5f60718"], "security_group_ids": ["sg-0a1b2c3d4e5f60718"]}

KeyArn = Annotated[str, by(arns.kms_key)]


class Asynchronous(Section):
    """Invocations nobody waits for. API Gateway waits for its own."""

    max_age: int = Field(21_600, ge=60, le=21_600, description="Seconds until an event is given up.")
    max_retries: int = Field(2, ge=0, le=2, description="Further tries after a failure.")
    on_failure: Annotated[str, by(arns.failure_destination)] | None = Field(
        None, description="ARN that gets failures.", examples=[_QUEUE]
    )
    on_success: Annotated[str, by(arns.success_destination)] | None = Field(
        None, description="ARN that gets successes.", examples=[_QUEUE]
    )


class FileSystem(Section):
    """An EFS access point, reached through the function's VPC."""

    access_point_arn: Annotated[str, by(arns.access_point)] = Field(
        description="ARN of the access point.", examples=[_ACCESS_POINT]
    )
    mount_path: Annotated[str, by(arns.mount_path)] = Field(
        description="Where the function finds it: `/mnt/` and one name.", examples=["/mnt/orders"]
    )
    read_only: bool = Field(default=False, description="Grant reading only.")


class JsonLogs(Section):
    """Lambda's own log lines, and what the handler prints, as JSON from these levels up."""

    application_level: Literal["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] = Field(
        "INFO", description="Least level of the handler's lines."
    )
    system_level: Literal["DEBUG", "INFO", "WARN"] = Field(
        "INFO", description="Least level of Lambda's own lines."
    )


class Statement(Section):
    """One more thing the function may do, in IAM's words."""

    actions: Annotated[tuple[Annotated[str, by(arns.action)], ...], Field(strict=False), FILLED] = Field(
        description="Actions, each by its whole name.", examples=[["sqs:SendMessage"]]
    )
    resources: Annotated[tuple[Annotated[str, by(arns.resource)], ...], Field(strict=False), FILLED] = Field(
        description="ARNs they are allowed on.", examples=[[_QUEUE]]
    )
    conditions: dict[str, dict[str, Annotated[tuple[str, ...], Field(strict=False)]]] = Field(
        {},
        description="Conditions, by operator and key.",
        examples=[{"StringEquals": {"aws:SourceVpc": ["vpc-0a1b2c3d4e5f60718"]}}],
    )
    any_resource: bool = Field(
        default=False, description="Allow `*` among `resources`: some actions have none to name."
    )


class Vpc(Section):
    """Subnets and security groups that the function's traffic goes through."""

    subnet_ids: Annotated[tuple[Annotated[str, by(arns.subnet)], ...], Field(strict=False), FILLED] = Field(
        description="Subnets; the internet is reached only by a NAT gateway in them.",
        examples=[_VPC["subnet_ids"]],
    )
    security_group_ids: Annotated[
        tuple[Annotated[str, by(arns.security_group)], ...], Field(strict=False), FILLED
    ] = Field(description="Security groups of its network interfaces.", examples=[_VPC["security_group_ids"]])
    ipv6: bool = Field(default=False, description="IPv6 too, in subnets that have it.")


class FunctionPlatform(Section):
    """The settings that a stage may have otherwise than the function has them."""

    tracing: bool = Field(default=False, description="Trace invocations with X-Ray.")
    json_logs: JsonLogs | None = Field(
        None, description="Default: Lambda writes text.", examples=[{"application_level": "INFO"}]
    )
    log_kms_key_arn: KeyArn | None = Field(
        None, description="KMS key of the log. Default: CloudWatch's own.", examples=[_KEY]
    )
    kms_key_arn: KeyArn | None = Field(
        None, description="KMS key of the environment. Default: Lambda's own.", examples=[_KEY]
    )
    ephemeral_storage: int = Field(512, ge=512, le=10_240, description="MB of /tmp.")
    layers: Annotated[tuple[Annotated[str, by(arns.layer_version)], ...], Field(strict=False)] = Field(
        (),
        max_length=5,
        description="ARNs of layer versions; a later one wins over an earlier.",
        examples=[["arn:aws:lambda:eu-central-1:123456789012:layer:tools:3"]],
    )
    vpc: Vpc | None = Field(None, description="Default: no VPC.", examples=[_VPC])
    file_system: FileSystem | None = Field(
        None,
        description="EFS, mounted. Needs `vpc`.",
        examples=[{"access_point_arn": _ACCESS_POINT, "mount_path": "/mnt/orders"}],
    )
    reserved_concurrency: int | None = Field(
        None, ge=0, description="Invocations at a time, kept for it. Default: a share of the account's pool."
    )
    provisioned_concurrency: int | None = Field(
        None, ge=1, description="Instances that stand ready, paid by the hour.", examples=[2]
    )
    snap_start: bool = Field(default=False, description="Start from a snapshot; python3.12 and later.")
    version_weights: dict[Annotated[str, by(arns.version_number)], Annotated[float, Field(gt=0, lt=1)]] = (
        Field(
            {},
            max_length=1,
            description="Share of callers that get another version than the newest.",
            examples=[{"6": 0.1}],
        )
    )
    asynchronous: Asynchronous | None = Field(
        None, description="Default: Lambda's, six hours and two retries.", examples=[{"max_retries": 0}]
    )
    dead_letter_arn: Annotated[str, by(arns.dead_letter_target)] | None = Field(
        None, description="Queue or topic that gets events nothing could be done with.", examples=[_QUEUE]
    )
    code_signing_config_arn: Annotated[str, by(arns.code_signing_config)] | None = Field(
        None,
        description="Code signing configuration. Packages of `apitool` are not signed.",
        examples=["arn:aws:lambda:eu-central-1:123456789012:code-signing-config:csc-0a1b2c3d4e5f60718"],
    )
    statements: Annotated[tuple[Statement, ...], Field(strict=False)] = Field(
        (),
        description="What else the function may do.",
        examples=[[{"actions": ["sqs:SendMessage"], "resources": [_QUEUE]}]],
    )
    permissions_boundary: Annotated[str, by(arns.policy)] | None = Field(
        None,
        description="ARN of the policy that bounds the function's role.",
        examples=["arn:aws:iam::123456789012:policy/boundary"],
    )
