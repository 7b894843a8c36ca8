from __future__ import annotations

import os
import stat
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from apitool.local import record
from apitool.local.process_identity import identity

if TYPE_CHECKING:
    from pathlib import Path

MINE = record.Record(
    pid=os.getpid(),
    identity=identity(os.getpid()) or "",
    control_port=1001,
    gateway_port=1002,
    region="eu-central-1",
    version="0.1.0",
    started_at=1.5,
)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    record.write(tmp_path / "service.json", MINE)
    assert record.read(tmp_path / "service.json") == MINE


def test_only_the_user_can_read_it(tmp_path: Path) -> None:
    record.write(tmp_path / "service.json", MINE)
    assert stat.S_IMODE((tmp_path / "service.json").stat().st_mode) == 0o600


def test_nothing_is_left_beside_it(tmp_path: Path) -> None:
    record.write(tmp_path / "service.json", MINE)
    record.write(tmp_path / "service.json", replace(MINE, control_port=7))
    assert [file.name for file in tmp_path.iterdir()] == ["service.json"]


def test_no_file_is_no_record(tmp_path: Path) -> None:
    assert record.read(tmp_path / "service.json") is None


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"pid": 1}', '{"unknown": 1}', "\x00"])
def test_a_file_that_is_no_record_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "service.json").write_text(text)
    assert record.read(tmp_path / "service.json") is None


def test_a_process_that_runs_is_alive() -> None:
    assert MINE.alive


def test_a_recycled_pid_is_not_alive() -> None:
    assert not replace(MINE, identity="some-boot:12345").alive


def test_a_record_of_another_process_is_not_withdrawn(tmp_path: Path) -> None:
    record.write(tmp_path / "service.json", MINE)
    record.withdraw(tmp_path / "service.json", os.getpid() + 1)
    assert record.read(tmp_path / "service.json") == MINE
    record.withdraw(tmp_path / "service.json", os.getpid())
    assert record.read(tmp_path / "service.json") is None
