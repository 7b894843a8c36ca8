"""Log groups of CloudWatch Logs: whether one is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.aws.refusals import calling

if TYPE_CHECKING:
    from types_boto3_logs import CloudWatchLogsClient

    from apitool.aws.account import Account


def arn_of(account: Account, name: str) -> str | None:
    """The group's ARN without the `:*` that DescribeLogGroups appends; None when there is no such group."""
    client: CloudWatchLogsClient = account.client("logs")
    with calling(f"look for the log group {name}"):
        pages = client.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=name)
        groups = {group["logGroupName"]: group["arn"] for page in pages for group in page["logGroups"]}
    return groups[name].removesuffix(":*") if name in groups else None
