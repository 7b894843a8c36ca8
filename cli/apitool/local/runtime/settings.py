"""How a runtime behaves, apart from the functions it runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apitool.local.runtime.runtime_root import Client, best_client, default_cache

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# What the embedded AWS accepts. On Lambda there are always credentials; without any, boto3 would spend
# seconds asking for an instance role.
_LOCAL_CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "local",
    "AWS_SECRET_ACCESS_KEY": "local",
    "AWS_SESSION_TOKEN": "local",
}


@dataclass(frozen=True, slots=True)
class RuntimeSettings:
    """Seconds unless said otherwise."""

    credentials: Mapping[str, str] = field(default_factory=_LOCAL_CREDENTIALS.copy)
    endpoint_url: str | None = None  # becomes AWS_ENDPOINT_URL: where the handlers' boto3 goes
    client: Client = field(default_factory=best_client)
    concurrency: int = 10  # workers per function version; a new AWS account has 10 in all
    init_limit_s: float = 10.0  # AWS's limit of the init phase
    idle_s: float = 300.0  # after which an idle worker ends
    superseded_idle_s: float = 15.0  # the same, where a later version of the function has been invoked
    grow_after_s: float = 0.002  # of waiting: with one worker, it and the gateway wait for each other
    cache: Path = field(default_factory=default_cache)

    @property
    def variables(self) -> dict[str, str]:
        endpoint = {"AWS_ENDPOINT_URL": self.endpoint_url} if self.endpoint_url else {}
        return {**self.credentials, **endpoint}
