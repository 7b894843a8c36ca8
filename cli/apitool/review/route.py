"""A route of the API as callers and the integration see it, whichever way Terraform declares it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

OPEN = "NONE"  # API Gateway's word for a method that anybody may call


@dataclass(frozen=True, slots=True)
class Route:
    """`authorization` is `NONE`, `AWS_IAM`, or kind and name of an authorizer; `timeout_ms` in milliseconds.

    `target` is the key of a function, or what else the integration calls. `validation`: `body, parameters`.
    `definition`: what else shapes it, by what it is called; compared, never shown. `api`: the API's name when
    the plan has several; `identity`: its address or id.
    """

    method: str
    path: str
    authorization: str = OPEN
    api_key: bool = False
    scopes: str = ""
    integration: str = ""
    integration_method: str = ""
    target: str = ""
    timeout_ms: int = 29_000
    validation: str = ""
    definition: Mapping[str, str] = field(default_factory=dict)
    api: str = ""
    identity: str = ""
    address: str = ""

    @property
    def key(self) -> str:
        return f"{self.method} {self.path}" + (f" ({self.api})" if self.api else "")

    @property
    def is_open(self) -> bool:
        """Whether anybody who knows the URL may call it."""
        return self.authorization == OPEN and not self.api_key


@dataclass(frozen=True, slots=True)
class Preflight:
    """What the gateway answers OPTIONS with: the CORS headers of one path. Empty: not sent."""

    path: str
    origin: str = ""
    credentials: str = ""
    methods: str = ""
    headers: str = ""
    api: str = ""
    address: str = ""

    @property
    def key(self) -> str:
        return self.path + (f" ({self.api})" if self.api else "")


@dataclass(frozen=True, slots=True)
class Surface:
    """What the APIs of a plan show to callers, at one point in time. By keys of routes and preflights."""

    routes: dict[str, Route]
    preflights: dict[str, Preflight]


def preflight(path: str, headers: dict[str, str], address: str, api: str = "") -> Preflight:
    """`headers`: response header by lower-case name, quoted as mapping expressions are."""
    values = {name.removeprefix("access-control-allow-"): text.strip("'") for name, text in headers.items()}
    return Preflight(
        path,
        values.get("origin", ""),
        values.get("credentials", ""),
        values.get("methods", ""),
        values.get("headers", ""),
        api,
        address,
    )
