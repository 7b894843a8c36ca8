"""Save a plan: the bundle `up --plan` applies."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from apitool.errors import ApitoolError, UsageError
from apitool.stage import workspaces
from apitool.stage.saved import bundle, facts
from apitool.stage.saved.manifest import Manifest, SavedPackage
from apitool.terraform import plan_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from apitool.aws.package_object import PackageObject
    from apitool.package.package import Package
    from apitool.stage.prepare import Planned
    from apitool.stage.target import Target


def check_place(file: Path) -> None:
    """Raises UsageError when no bundle can be written there: before the time for a plan is spent."""
    if file.is_dir() or not file.absolute().parent.is_dir():
        raise UsageError(
            f"`{file}` can't be a bundle",
            seen="it is a folder" if file.is_dir() else f"there is no folder {file.absolute().parent}",
            fix="name a file in a folder that exists",
        )


def write(
    file: Path,
    target: Target,
    planned: Planned,
    *,
    variables: Mapping[str, object],
    built: Mapping[str, Package],
    uploads: Mapping[str, PackageObject],
    mark: str,
    key: bytes,
) -> None:
    """Write the plan and all it takes into `file`. `mark` is the plan's fingerprint, made with `key`.

    Raises:
        ApitoolError: it can't be written, or the source changed while it was planned.
    """
    state = plan_file.state_of(planned.plan.path)
    found = facts.of(target, workspaces.terraform(target).version, variables, state)
    packages = {name: _saved(each, uploads.get(name)) for name, each in built.items()}
    inside = [each for name, each in built.items() if name not in uploads]
    members: dict[str, bytes | Path] = {
        bundle.PLAN: planned.plan.path,
        bundle.DOCUMENT: json.dumps(planned.document, separators=(",", ":")).encode(),
        **{f"{bundle.PACKAGES}{each.file.name}": each.file for each in inside},
    }
    made = Manifest(
        created=datetime.now(tz=UTC).replace(microsecond=0),
        facts=found,
        packages=packages,
        fingerprint=mark,
        fingerprint_key=key.hex(),
    )
    bundle.write(file, made, members)


def check_sources(before: Mapping[str, str], target: Target) -> None:
    """Raises ApitoolError when a source is not what it was before it was packaged."""
    now = facts.sources(target)
    for name in before:
        if before[name] != now[name]:
            raise ApitoolError(
                f"the source of `{name}` changed while it was planned",
                fix="run the same command again",
            )


def _saved(package: Package, upload: PackageObject | None) -> SavedPackage:
    s3 = (upload.bucket, upload.key, upload.version) if upload else None
    return SavedPackage(package.file.name, package.sha256_hex, s3)
