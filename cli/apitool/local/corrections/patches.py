"""What patch operations may do, and what AWS says of others: it knows two kinds of things to be patched.

Of models, request validators, resources and the like, single members are replaced (`replacements`). Responses
and integrations have tables too, whose entries are added, replaced and removed (`Patchable`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jsonpointer import unescape

from apitool.local.corrections import refusals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from moto.apigateway.responses import APIGatewayResponse

Operation = dict[str, Any]


def replacements(operations: Sequence[Operation], paths: Sequence[str]) -> dict[str, str | None]:
    """What is put where.

    Raises:
        BadRequestException: another path, or another operation than `replace` (recorded by LocalStack:
            test_update_resource_behaviour, test_update_model and others).
    """
    for each in operations:
        asked = {"path": each.get("path"), "op": each.get("op")}
        if asked["op"] != "replace":
            raise refusals.BadRequestException(refusals.UNSUPPORTED_OPERATION.format(**asked))
        if asked["path"] not in paths:
            raise refusals.BadRequestException(refusals.UNKNOWN_PATH.format(**asked, known=", ".join(paths)))
    return {each["path"]: each.get("value") for each in operations}


def asked_of(response: APIGatewayResponse) -> list[Operation]:
    operations: list[Operation] = json.loads(response.body or "{}").get("patchOperations") or []
    return operations


def flag(value: str | None) -> bool:
    """`true`, and anything else is false (recorded by LocalStack: test_request_validator_lifecycle)."""
    return value == "true"


@dataclass(frozen=True, slots=True)
class Table:
    """A member with entries of its own, `/responseModels/application~1json`."""

    attribute: str  # moto's name
    unknown: str  # what AWS says of an entry that is not there
    read: Callable[[str], Any] = str
    empty: Any = None  # what is left when the last entry is gone
    value_needed: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A member that is replaced as a whole."""

    attribute: str  # moto's name
    read: Callable[[str], Any] = str


@dataclass(frozen=True, slots=True)
class Patchable:
    """Members by path, and tables by the path of their entries' parent; the names are AWS's."""

    members: Mapping[str, Member] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)

    def patched(self, thing: object, operations: Sequence[Operation]) -> dict[str, Any]:
        """Attributes of moto's `thing` after the operations.

        Raises:
            BadRequestException: a path that is none, or an operation that path does not have.
            NotFound: an entry that is not there is replaced or removed (recorded by LocalStack:
                test_update_method_wrong_param_names, test_update_gateway_response).
        """
        parts: tuple[Member | Table, ...] = (*self.members.values(), *self.tables.values())
        changed = {each.attribute: getattr(thing, each.attribute) for each in parts}
        for each in operations:
            path = each.get("path")
            table, _, escaped = str(path).removeprefix("/").partition("/")
            member = self.members.get(str(path))
            if member is not None and each.get("op") == "replace":
                changed[member.attribute] = member.read(each["value"]) if each.get("value") else None
            elif table in self.tables and escaped and "/" not in escaped:
                of = self.tables[table]
                changed[of.attribute] = _entries(
                    of, table, changed[of.attribute] or {}, unescape(escaped), each
                )
            else:
                shown = "null" if path is None else path
                raise refusals.BadRequestException(refusals.INVALID_PATCH_PATH.format(path=shown))
        return changed


def change(thing: object, attributes: Mapping[str, Any]) -> None:
    for name, value in attributes.items():
        setattr(thing, name, value)


def _entries(table: Table, path: str, entries: Mapping[str, Any], name: str, operation: Operation) -> Any:  # noqa: ANN401 - the table's own kind of empty
    value = operation.get("value")
    if operation.get("op") != "remove" and table.value_needed and not value:
        raise refusals.BadRequestException(refusals.NO_VALUE.format(table=path))
    if operation.get("op") != "add" and name not in entries:
        raise refusals.NotFound(table.unknown)
    if operation.get("op") == "remove":
        return {key: each for key, each in entries.items() if key != name} or table.empty
    return {**entries, name: table.read(value) if value is not None else None}
