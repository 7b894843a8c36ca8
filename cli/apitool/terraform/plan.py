"""A saved plan: the file, its digest, and what it said it would do."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apitool.errors import StaleError
from apitool.terraform.document import at, mapping, sequence, text
from apitool.terraform.events import PlannedChange, Resource

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from apitool.terraform.events import ChangeSummary, ResourceDrift

_ACTIONS = {("delete", "create"): "replace", ("create", "delete"): "replace", ("no-op",): "noop"}


@dataclass(frozen=True, slots=True)
class Plan:
    """`sha256` is the file's, in hex: keep it elsewhere than beside the file, which can be rewritten unseen.

    `outputs` says what happens to each root output. `drift` also names harmless differences.
    """

    path: Path
    sha256: str
    has_changes: bool
    changes: tuple[PlannedChange, ...] = ()
    drift: tuple[ResourceDrift, ...] = ()
    outputs: Mapping[str, str] = field(default_factory=dict)
    summary: ChangeSummary | None = None
    destroy: bool = False

    def verify(self) -> None:
        """Raises StaleError when the file is gone, or not the one that was planned."""
        try:
            seen = digest(self.path)
        except OSError as error:
            raise StaleError(
                f"the saved plan `{self.path.name}` can't be read",
                seen=str(error),
                fix="plan again: run the same command again",
            ) from error
        if seen != self.sha256:
            raise StaleError(
                f"the saved plan `{self.path.name}` is not the one that was made",
                seen=f"SHA-256 {seen}, expected {self.sha256}",
                fix="plan again, and find out who wrote to that folder",
            )


def of_document(path: Path, sha256: str, document: Mapping[str, object]) -> Plan:
    """A plan that was saved earlier: what it would do stands in its JSON, as events said it then."""
    outputs = mapping(document.get("output_changes"))
    changes = tuple(map(_planned, sequence(document.get("resource_changes"))))
    actions = {name: _action(change) for name, change in outputs.items()}
    acts = [change.action for change in changes] + list(actions.values())
    return Plan(
        path, sha256, has_changes=bool(set(acts) - {"noop", "read"}), changes=changes, outputs=actions
    )


def _planned(record: object) -> PlannedChange:
    resource = Resource(text(at(record, "address")), text(at(record, "type")), text(at(record, "name")))
    reason = "tainted" if at(record, "action_reason") == "replace_because_tainted" else None
    return PlannedChange(resource, _action(at(record, "change")), reason)


def _action(change: object) -> str:
    actions = tuple(map(text, sequence(at(change, "actions"))))
    return _ACTIONS.get(actions) or (actions[0] if actions else "noop")


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
