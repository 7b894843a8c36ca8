from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.package.projects import HANDLER, write
from tests.package.simple_index import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with the smallest function there is in `src`."""
    write(tmp_path / "src", {"app.py": HANDLER})
    return tmp_path


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the only place uv looks for packages. Nothing of this machine's pip or uv counts."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    for name in ("UV_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.delenv("UV_FIND_LINKS", raising=False)
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "uv-cache"))
    return folder


@pytest.fixture
def index(wheels: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an index of the same folder, which is the only one pip is configured with."""
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.delenv("PIP_FIND_LINKS")
    with serving(wheels) as address:
        monkeypatch.setenv("PIP_INDEX_URL", address)
        yield address
