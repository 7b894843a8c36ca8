"""The event stream of `terraform … -json`, line by line, as types.

Fields: https://developer.hashicorp.com/terraform/internals/machine-readable-ui, read against streams recorded
with Terraform 1.11.4 (tests/terraform/recorded). A type we don't know, or a line that is no JSON, is kept as
it is: a newer Terraform may say more, and `init` still prints plain text between its events.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.terraform.diagnostic import Diagnostic
from apitool.terraform.document import at, mapping, number, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource as Terraform addresses it, e.g. `module.function["orders"].aws_lambda_function.this`."""

    address: str
    type: str
    name: str
    key: str | int | None = None


@dataclass(frozen=True, slots=True)
class Version:
    terraform: str


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """`action`: create, update, delete, replace, read, move, import, forget or noop."""

    resource: Resource
    action: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ResourceDrift:
    """A refresh found the object other than the state has it. Harmless differences too: null became []."""

    resource: Resource
    action: str


@dataclass(frozen=True, slots=True)
class ChangeSummary:
    """Counts of resources. A plan that failed may still count, and then says 0 to everything."""

    operation: str
    add: int
    change: int
    remove: int
    imported: int


@dataclass(frozen=True, slots=True)
class ApplyStart:
    resource: Resource
    action: str


@dataclass(frozen=True, slots=True)
class ApplyProgress:
    """Said every ten seconds for an object still under way."""

    resource: Resource
    action: str
    seconds: int


@dataclass(frozen=True, slots=True)
class ApplyComplete:
    resource: Resource
    action: str
    seconds: int


@dataclass(frozen=True, slots=True)
class ApplyErrored:
    resource: Resource
    action: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Said:
    """A diagnostic: error or warning."""

    diagnostic: Diagnostic


@dataclass(frozen=True, slots=True)
class Outputs:
    """Root outputs. After an apply with values, except of sensitive ones; in a plan what happens to each."""

    values: Mapping[str, object]
    actions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unknown:
    """An event of a type not listed above (refreshing, provisioning, log lines, …)."""

    type: str
    message: str
    document: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class PlainText:
    """A line that is no event."""

    text: str


Event = (
    Version
    | PlannedChange
    | ResourceDrift
    | ChangeSummary
    | ApplyStart
    | ApplyProgress
    | ApplyComplete
    | ApplyErrored
    | Said
    | Outputs
    | Unknown
    | PlainText
)


def parse(line: str) -> Event:
    """One line of the stream. Never raises."""
    try:
        document = json.loads(line)
    except (ValueError, RecursionError):
        return PlainText(line)
    if not isinstance(document, dict) or not isinstance(document.get("type"), str):
        return PlainText(line)
    read = _READ.get(document["type"], _unknown)
    return read(document)


def _unknown(document: Mapping[str, object]) -> Unknown:
    return Unknown(text(document.get("type")), text(document.get("@message")), document)


def _resource(document: object) -> Resource:
    key = at(document, "resource_key")
    return Resource(
        address=text(at(document, "addr")),
        type=text(at(document, "resource_type")),
        name=text(at(document, "resource_name")),
        key=key if isinstance(key, (str, int)) else None,
    )


def _planned_change(document: Mapping[str, object]) -> PlannedChange:
    change = document.get("change")
    reason = at(change, "reason")
    return PlannedChange(
        _resource(at(change, "resource")),
        text(at(change, "action")),
        reason if isinstance(reason, str) else None,
    )


def _drift(document: Mapping[str, object]) -> ResourceDrift:
    change = document.get("change")
    return ResourceDrift(_resource(at(change, "resource")), text(at(change, "action")))


def _summary(document: Mapping[str, object]) -> ChangeSummary:
    changes = mapping(document.get("changes"))
    return ChangeSummary(
        operation=text(changes.get("operation")),
        add=number(changes.get("add")),
        change=number(changes.get("change")),
        remove=number(changes.get("remove")),
        imported=number(changes.get("import")),
    )


def _started(document: Mapping[str, object]) -> ApplyStart:
    hook = document.get("hook")
    return ApplyStart(_resource(at(hook, "resource")), text(at(hook, "action")))


def _timed(
    made: type[ApplyProgress | ApplyComplete | ApplyErrored],
) -> Callable[[Mapping[str, object]], ApplyProgress | ApplyComplete | ApplyErrored]:
    def read(document: Mapping[str, object]) -> ApplyProgress | ApplyComplete | ApplyErrored:
        hook = document.get("hook")
        return made(
            _resource(at(hook, "resource")), text(at(hook, "action")), number(at(hook, "elapsed_seconds"))
        )

    return read


def _outputs(document: Mapping[str, object]) -> Outputs:
    outputs = mapping(document.get("outputs"))
    return Outputs(
        values={name: at(output, "value") for name, output in outputs.items() if "value" in mapping(output)},
        actions={name: text(at(output, "action")) for name, output in outputs.items()},
    )


_READ: dict[str, Callable[[Mapping[str, object]], Event]] = {
    "version": lambda document: Version(text(document.get("terraform"))),
    "planned_change": _planned_change,
    "resource_drift": _drift,
    "change_summary": _summary,
    "apply_start": _started,
    "apply_progress": _timed(ApplyProgress),
    "apply_complete": _timed(ApplyComplete),
    "apply_errored": _timed(ApplyErrored),
    "diagnostic": lambda document: Said(Diagnostic.of(document.get("diagnostic"))),
    "outputs": _outputs,
}
