from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

RECORDED = Path(__file__).parent / "recorded"


@pytest.fixture
def recorded():
    """Lines that a real Terraform 1.11.4 wrote."""

    def lines(name: str) -> list[str]:
        return (RECORDED / f"{name}.jsonl").read_text().splitlines()

    return lines


@pytest.fixture
def script(tmp_path):
    """A Python program with a shebang: stands in for Terraform."""

    def write(body: str, name: str = "terraform") -> Path:
        path = tmp_path / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!{sys.executable}\n{body}")
        path.chmod(0o755)
        return path

    return write


@pytest.fixture(scope="session")
def terraform() -> Path:
    found = shutil.which("terraform")
    assert found, "these tests run the real Terraform: `make setup` fetches it"
    return Path(found)
