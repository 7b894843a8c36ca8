"""A package without a wheel for the target: which wheels there are, and the nearest version that has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.errors import ApitoolError
from apitool.package import published

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from apitool.package.published import Wheel
    from apitool.package.requirements import Requirements
    from apitool.package.target import Target
    from apitool.package.uv_failures import Missing

MOST_PLATFORMS = 4  # named in one error


def is_compiled(missing: Missing, cwd: Path) -> bool:
    """Whether it has compiled wheels for something else: then its source would be compiled, too."""
    return any(not wheel.pure for wheel in published.wheels(str(missing), cwd) or ())


def explained(missing: Missing, requirements: Requirements, target: Target, cwd: Path) -> ApitoolError:
    """The error, with what is there instead. Asks the index."""
    found = published.wheels(str(missing), cwd)
    there = None if found is None else _listed(found, target)
    near = published.nearest(missing.name, missing.version, target, cwd) if missing.version else None
    return ApitoolError(
        f"`{missing}` has no wheel for {target}",
        seen="; ".join(filter(None, (there, missing.tried))),
        fix=_advice(missing.name, near, requirements),
    )


def _listed(there: Sequence[Wheel], target: Target) -> str:
    """The wheels by platform, those for the target's own processor first."""
    pythons: dict[str, dict[str, None]] = {}
    for wheel in there:
        pythons.setdefault(wheel.platforms[0], {})[wheel.python] = None
    nearest_first = sorted(pythons, key=lambda name: ("linux" not in name, target.cpu not in name, name))
    shown = [f"{name} ({', '.join(pythons[name])})" for name in nearest_first[:MOST_PLATFORMS]]
    if unnamed := len(pythons) - len(shown):
        shown.append(f"{unnamed} more platforms")
    return f"its wheels: {'; '.join(shown)}" if shown else "it has no wheel for anything"


def _advice(name: str, near: str | None, requirements: Requirements) -> str:
    if near:
        return f"{name} {near} has one: name it in {requirements.path.name}"
    return "use another package, or change `runtime` or `architecture`"
