"""One change of an API, in API words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from apitool.visible import visible_line


class Verb(StrEnum):
    ADD = "+"
    CHANGE = "~"
    REPLACE = "±"
    REMOVE = "-"


class Kind(StrEnum):
    """In the order they are told."""

    API = "api"
    CORS = "cors"
    ROUTE = "route"
    FUNCTION = "function"
    PERMISSION = "permission"
    STAGE = "stage"
    TABLE = "table"
    LOG_GROUP = "log group"
    OTHER = "resource"
    OUTPUT = "output"


@dataclass(frozen=True, slots=True)
class Change:
    """`name`: `GET /orders`, or the key in apitool.toml. `details` never hold values that may be secret.

    `function` is where a route leads; `address` is Terraform's, empty for routes and outputs.
    """

    verb: Verb
    kind: Kind
    name: str
    details: tuple[str, ...] = ()
    function: str | None = None
    address: str = ""

    @property
    def destructive(self) -> bool:
        """Whether it takes away a resource that callers or data depend on, or makes it anew."""
        takes_away = self.verb in {Verb.REMOVE, Verb.REPLACE}
        return takes_away and self.kind in _DEPENDED_ON

    @property
    def sentence(self) -> str:
        """E.g. `+ GET /orders → orders` or `~ function orders: code`."""
        name = self.name if self.kind is Kind.ROUTE else f"{self.kind} {self.name}".rstrip()
        arrow = f" → {self.function}" if self.function else ""
        details = f": {', '.join(self.details)}" if self.details else ""
        return visible_line(f"{self.verb} {name}{arrow}{details}")


_DEPENDED_ON = {Kind.API, Kind.FUNCTION, Kind.PERMISSION, Kind.STAGE, Kind.TABLE}
