"""What uv built from source must be pure Python: anything else is compiled, and for this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.errors import ApitoolError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from apitool.package.target import Target

BUILT_BY_UV = "uv_build.json"  # beside the metadata of what it built


def check(folder: Path, target: Target) -> None:
    """Raises ApitoolError naming the first package in `folder` that was compiled for this machine."""
    for about in sorted(folder.glob("*.dist-info")):
        if (about / BUILT_BY_UV).exists() and (
            tags := [tag for tag in _tags(about) if not tag.endswith("-any")]
        ):
            name, _, version = about.name.removesuffix(".dist-info").partition("-")
            raise ApitoolError(
                f"`{name}=={version}` has no wheel for {target}",
                seen=f"building it from source compiles it for this machine ({', '.join(tags)})",
                fix="use a version or a package that has a wheel, or change `runtime` or `architecture`",
            )


def _tags(about: Path) -> Iterator[str]:
    for line in (about / "WHEEL").read_text(encoding="utf-8").splitlines():
        if line.startswith("Tag:"):
            yield line.partition(":")[2].strip()
