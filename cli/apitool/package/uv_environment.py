"""What uv's environment tells it: the user's settings, pip's too, without those that would defeat ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.package import pip_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

# These would change what is installed where, behind the arguments' back.
NOT_OURS = (
    "UV_TARGET", "UV_SYSTEM_PYTHON", "UV_PYTHON", "UV_NO_BINARY", "UV_ONLY_BINARY", "UV_NO_BUILD",
    "UV_NO_DEPS", "UV_REQUIRE_HASHES", "UV_COMPILE_BYTECODE", "UV_PROJECT", "UV_WORKING_DIR",
    "PYTHONPATH", "PYTHONHOME",
)  # fmt: skip


def of(environ: Mapping[str, str]) -> dict[str, str]:
    """The user's own, with what pip is configured to ask. Raises UsageError if that can't be read."""
    kept = {name: value for name, value in environ.items() if name not in NOT_OURS}
    return kept | pip_settings.for_uv(_pip(environ), environ)


def index_arguments(environ: Mapping[str, str]) -> list[str]:
    """The one setting of pip's that uv takes by argument only."""
    return ["--no-index"] if pip_settings.no_index(_pip(environ), environ) else []


def _pip(environ: Mapping[str, str]) -> dict[str, str]:
    return pip_settings.read(environ, pip_settings.config_files(environ))
