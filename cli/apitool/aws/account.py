"""Who we are on AWS, and one way to make clients: for AWS itself or for the embedded one.

boto3 lives in this room and in `local/`. Importing it costs 0.2 s: commands import this room when they run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from apitool.aws.refusals import calling

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAX_ATTEMPTS = 8  # the control plane gives 10 requests/s to everybody together; adaptive mode waits them out
_CONNECT_TIMEOUT = 10  # seconds
_READ_TIMEOUT = 60  # seconds


@dataclass(frozen=True)
class Account:
    """An AWS account in one region, seen with one set of credentials.

    `environment` overrides the process environment (the embedded AWS hands over its endpoint and its own
    credentials); without it the usual credential chain applies.
    """

    region: str
    profile: str | None = None
    environment: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _session(self) -> boto3.Session:
        with calling("read the AWS configuration"):
            return boto3.Session(
                profile_name=self.profile,
                region_name=self.region,
                aws_access_key_id=self.environment.get("AWS_ACCESS_KEY_ID"),
                aws_secret_access_key=self.environment.get("AWS_SECRET_ACCESS_KEY"),
            )

    def client(self, service: Any) -> Any:  # noqa: ANN401 - callers annotate with the client type they ask for
        """A boto3 client with retries and timeouts of ours."""
        config = Config(
            retries={"mode": "adaptive", "max_attempts": _MAX_ATTEMPTS},
            connect_timeout=_CONNECT_TIMEOUT,
            read_timeout=_READ_TIMEOUT,
            inject_host_prefix="AWS_ENDPOINT_URL" not in self.environment,  # there is no stream-127.0.0.1
        )
        with calling("read the AWS configuration"):
            return self._session.client(
                service, config=config, endpoint_url=self.environment.get("AWS_ENDPOINT_URL")
            )

    @cached_property
    def id(self) -> str:
        """The 12-digit account id.

        Raises:
            CredentialsError: no credentials, or they are not accepted.
        """
        with calling("find out which AWS account this is (sts:GetCallerIdentity)"):
            return str(self.client("sts").get_caller_identity()["Account"])
