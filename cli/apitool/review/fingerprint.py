"""What a plan is about, in one hash: two plans with the same fingerprint make the same change.

In: what every resource and output changes from and to, and the packages' digests. Out: order, timestamps, the
versions that made the plan, and where a package lies on the machine that planned.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from apitool.terraform.document import at, mapping, sequence

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOT_THE_CHANGE = {"filename", "last_modified", "created_date", "create_date", "last_updated_date"}
_STAYS = (["no-op"], ["read"])


def of(document: object, packages: Mapping[str, str]) -> str:
    """SHA-256 in hex. `document` is the plan's JSON, `packages` digests by function."""
    resources = sorted(
        (_resource(record) for record in sequence(at(document, "resource_changes")) if _acts(record)),
        key=lambda entry: str(entry["address"]),
    )
    outputs = {
        name: _of_change(change)
        for name, change in mapping(at(document, "output_changes")).items()
        if sequence(at(change, "actions")) not in _STAYS
    }
    what = {"resources": resources, "outputs": outputs, "packages": dict(packages)}
    return hashlib.sha256(json.dumps(what, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _acts(record: object) -> bool:
    return sequence(at(record, "change", "actions")) not in _STAYS


def _resource(record: object) -> dict[str, object]:
    return {
        "address": at(record, "address"),
        "deposed": at(record, "deposed"),
        "importing": at(record, "change", "importing", "id"),
        **_of_change(at(record, "change")),
    }


def _of_change(change: object) -> dict[str, object]:
    return {
        "actions": at(change, "actions"),
        "replace": sorted(json.dumps(path) for path in sequence(at(change, "replace_paths"))),
        **{side: _values(at(change, side)) for side in ("before", "after", "after_unknown")},
    }


def _values(values: object) -> object:
    if not isinstance(values, dict):
        return values
    return {key: value for key, value in values.items() if key not in _NOT_THE_CHANGE}
