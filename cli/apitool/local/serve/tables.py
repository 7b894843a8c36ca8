"""The project's tables in the embedded AWS, where no `up` has made them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from apitool.project import names

if TYPE_CHECKING:
    from apitool.local.endpoint import Endpoint
    from apitool.project.model import Project, Stage, Table


def create_missing(endpoint: Endpoint, project: Project, stage: Stage) -> list[str]:
    """Create the tables that are not there, by the names functions know them by; what was created."""
    if not project.tables:
        return []
    client = boto3.client(
        "dynamodb",
        endpoint_url=endpoint.control_url,
        region_name=endpoint.region,
        aws_access_key_id="embedded",
        aws_secret_access_key="embedded",  # noqa: S106 - what the embedded AWS takes
        config=Config(proxies={}, retries={"total_max_attempts": 2}),
    )
    made = []
    for key, table in project.tables.items():
        name = names.member(project.name, stage.name, key)
        try:
            client.create_table(TableName=name, BillingMode="PAY_PER_REQUEST", **_keys(table))
        except client.exceptions.ResourceInUseException:  # it is there
            continue
        made.append(name)
    return made


def _keys(table: Table) -> dict[str, Any]:
    keys = [(table.hash_key, table.hash_key_type, "HASH")]
    if table.range_key:
        keys.append((table.range_key, table.range_key_type, "RANGE"))
    return {
        "KeySchema": [{"AttributeName": name, "KeyType": role} for name, _, role in keys],
        "AttributeDefinitions": [{"AttributeName": name, "AttributeType": kind} for name, kind, _ in keys],
    }
