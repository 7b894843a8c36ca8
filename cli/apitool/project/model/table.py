"""`[tables.<name>]`."""

from __future__ import annotations

from pydantic import Field

from apitool.project.model.base import Section
from apitool.project.model.fields import Attribute, KeyType


class Table(Section):
    """One DynamoDB table, billed per request."""

    hash_key: Attribute = Field(description="Attribute of the partition key.", examples=["orderId"])
    hash_key_type: KeyType = Field("S", description="Type of the partition key: string, number, binary.")
    range_key: Attribute | None = Field(
        None, description="Attribute of the sort key.", examples=["createdAt"]
    )
    range_key_type: KeyType = Field("S", description="Type of the sort key: string, number, binary.")
    ttl_attribute: Attribute | None = Field(
        None,
        description="Attribute with the time an item expires, in seconds since 1970.",
        examples=["expiresAt"],
    )
    point_in_time_recovery: bool = Field(default=True, description="Keep 35 days of backups.")
    deletion_protection: bool = Field(default=False, description="Refuse to delete the table.")
