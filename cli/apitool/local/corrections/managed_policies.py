"""AWS's own managed policies exist, so that AmazonAPIGatewayPushToCloudWatchLogs can be attached."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from moto.iam.aws_managed_policies import aws_managed_policies_data
from moto.iam.models import AWSManagedPolicy, IAMBackend

from apitool.local.corrections.correction import correction

if TYPE_CHECKING:
    from collections.abc import Callable

    from moto.iam.models import ManagedPolicy

_SERVED = "aws"  # the partition everything here is in


@correction(
    IAMBackend,
    "_init_aws_policies",
    "moto has none unless told by its environment, and then reads all of them once for each of five "
    "partitions: a second of the first request",
)
def policies(_original: Callable[..., list[ManagedPolicy]], backend: IAMBackend) -> list[ManagedPolicy]:
    if backend.partition != _SERVED:
        return []
    return [
        AWSManagedPolicy.from_data(name, backend.account_id, backend.region_name, data)
        for name, data in json.loads(aws_managed_policies_data).items()
    ]


CORRECTIONS = (policies,)
