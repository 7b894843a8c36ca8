"""One change in API words, with what it was and what it will be. Values in it are fit to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verb(StrEnum):
    ADD = "+"
    CHANGE = "~"
    REPLACE = "±"
    REMOVE = "-"


class Kind(StrEnum):
    """In the order they are told."""

    API = "api"
    POLICY = "resource policy"
    ROUTE = "route"
    CORS = "cors"
    AUTHORIZER = "authorizer"
    VALIDATOR = "validator"
    GATEWAY_RESPONSE = "gateway response"
    FUNCTION = "function"
    FUNCTION_URL = "function url"
    IAM = "iam"
    PERMISSION = "permission"
    STAGE = "stage"
    SETTINGS = "method settings"
    USAGE_PLAN = "usage plan"
    KEY = "api key"
    LOG_GROUP = "log group"
    TABLE = "table"
    STORE = "store"
    DOMAIN = "domain"
    OTHER = "resource"
    OUTPUT = "output"


@dataclass(frozen=True, slots=True)
class Difference:
    """`timeout: 29000 ms → 5000 ms`. None on one side: not there. Both None: changed, and not shown."""

    name: str
    before: str | None = None
    after: str | None = None

    @property
    def text(self) -> str:
        if self.before is None and self.after is None:
            return f"{self.name} changed"
        if self.before is None:
            return f"{self.name} {self.after}"
        return f"{self.name} {self.before} → {'none' if self.after is None else self.after}"


@dataclass(frozen=True, slots=True)
class Change:
    """`name`: `GET /orders`, or the key of apitool.toml. `breaking`: why callers notice, else empty."""

    verb: Verb
    kind: Kind
    name: str
    differences: tuple[Difference, ...] = ()
    address: str = ""
    breaking: str = ""

    @property
    def title(self) -> str:
        return self.name if self.kind is Kind.ROUTE else f"{self.kind} {self.name}"

    @property
    def destructive(self) -> bool:
        """Whether it takes away a resource that callers or data depend on, or makes it anew."""
        return self.verb in {Verb.REMOVE, Verb.REPLACE} and self.kind in _DEPENDED_ON

    def difference(self, name: str) -> Difference | None:
        return next((found for found in self.differences if found.name == name), None)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """`changes` in a fixed order; `folded`: addresses that change as a matter of routine, and why."""

    changes: tuple[Change, ...]
    folded: tuple[tuple[str, str], ...] = ()

    @property
    def empty(self) -> bool:
        return not self.changes and not self.folded

    @property
    def breaking(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.breaking)

    @property
    def destructive(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.destructive)


_DEPENDED_ON = {
    Kind.API,
    Kind.DOMAIN,
    Kind.FUNCTION,
    Kind.KEY,
    Kind.PERMISSION,
    Kind.STAGE,
    Kind.TABLE,
}
