"""Where a project's embedded AWS answers, and how a program is pointed at it."""

from __future__ import annotations

import os
from dataclasses import dataclass

LOOPBACK = "127.0.0.1"  # the only address anything here listens on
ACCOUNT_ID = "123456789012"  # the account everything in the embedded AWS belongs to

_MAX_ATTEMPTS = "2"  # the provider's own default of 25 would hide an error of the emulator for minutes


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A running embedded AWS. `notes` are for the user: what was replaced or could not be had at start."""

    control_url: str  # e.g. http://127.0.0.1:40123
    gateway_port: int
    pid: int
    started_at: float  # seconds since 1970
    region: str
    version: str  # of the apitool that started it
    account_id: str = ACCOUNT_ID
    notes: tuple[str, ...] = ()

    def url(self, stage: str) -> str:
        """The stage's invoke URL, no slash at its end. The stage comes first, as on AWS's own endpoint."""
        return f"http://{LOOPBACK}:{self.gateway_port}/{stage}"

    def environment(self) -> dict[str, str]:
        """What makes Terraform, its provider and boto3 talk to the embedded AWS and to nothing else.

        The caller still has to drop `AWS_PROFILE` and `AWS_SESSION_TOKEN`: a dictionary can't unset them.
        """
        past_proxies = _with_loopback(os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or "")
        return {
            "AWS_ENDPOINT_URL": self.control_url,
            "AWS_ACCESS_KEY_ID": "embedded",
            "AWS_SECRET_ACCESS_KEY": "embedded",
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_MAX_ATTEMPTS": _MAX_ATTEMPTS,
            "NO_PROXY": past_proxies,
            "no_proxy": past_proxies,
        }


def _with_loopback(no_proxy: str) -> str:
    hosts = [host for host in no_proxy.split(",") if host]
    return ",".join(hosts if LOOPBACK in hosts else [*hosts, LOOPBACK])
