"""What a plan is about, in one hash: two plans with the same fingerprint make the same change.

In: what every resource and output changes from and to, and the packages' digests. Out: order, timestamps, the
versions that made the plan, and where a package lies on the machine that planned.

A fingerprint is published, and a plan holds secrets, some of them short. So it is made with a key that only
those have who may read the secrets anyway (aws/fingerprint_key.py): then it covers every value, and nobody
else can try values. Without a key, for a plan's JSON from anywhere, it says of a value that may be secret
only whether it changes: plans that set different secrets then have one fingerprint, so `up` takes none such.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING

from apitool.review import concealed
from apitool.terraform.document import at, mapping, sequence, text

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOT_THE_CHANGE = {"filename", "last_modified", "created_date", "create_date", "last_updated_date"}
_STAYS = (["no-op"], ["read"])


def of(document: object, packages: Mapping[str, str], key: bytes = b"") -> str:
    """64 hexadecimal digits. `document` is the plan's JSON, `packages` digests by function."""
    resources = sorted(
        (
            _resource(record, conceal=not key)
            for record in sequence(at(document, "resource_changes"))
            if _acts(record)
        ),
        key=lambda entry: (str(entry["address"]), str(entry["deposed"])),
    )
    outputs = {
        name: _of_change(change, "", conceal=not key)
        for name, change in mapping(at(document, "output_changes")).items()
        if sequence(at(change, "actions")) not in _STAYS
    }
    what = {"resources": resources, "outputs": outputs, "packages": dict(packages)}
    content = json.dumps(what, sort_keys=True, separators=(",", ":")).encode()
    return hmac.new(key, content, hashlib.sha256).hexdigest() if key else hashlib.sha256(content).hexdigest()


def _acts(record: object) -> bool:
    return sequence(at(record, "change", "actions")) not in _STAYS


def _resource(record: object, *, conceal: bool) -> dict[str, object]:
    return {
        "address": at(record, "address"),
        "deposed": at(record, "deposed"),
        "importing": at(record, "change", "importing", "id"),
        **_of_change(at(record, "change"), text(at(record, "type")), conceal=conceal),
    }


def _of_change(change: object, resource_type: str, *, conceal: bool) -> dict[str, object]:
    before, after = at(change, "before"), at(change, "after")
    if conceal:
        before, after = concealed.pair(change, resource_type)
    return {
        "actions": at(change, "actions"),
        "replace": sorted(json.dumps(path) for path in sequence(at(change, "replace_paths"))),
        "before": _values(before),
        "after": _values(after),
        "after_unknown": _values(at(change, "after_unknown")),
    }


def _values(values: object) -> object:
    if not isinstance(values, dict):
        return values
    return {key: value for key, value in values.items() if key not in _NOT_THE_CHANGE}
