from __future__ import annotations

import io
import stat
import threading
import zipfile
from typing import TYPE_CHECKING

import pytest

from apitool.errors import ApitoolError
from apitool.local import function_code
from apitool.local.function_code import unpacked

if TYPE_CHECKING:
    from pathlib import Path


def package(**files: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name.replace("__", "/") + ".py")
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text)
    return stream.getvalue()


def test_a_package_is_unpacked_once_into_a_folder_of_its_own(tmp_path: Path) -> None:
    folder = unpacked(package(app="x = 1", lib__deep="y = 2"), tmp_path / "code")
    assert (folder / "app.py").read_text() == "x = 1"
    assert (folder / "lib" / "deep.py").read_text() == "y = 2"
    assert unpacked(package(app="x = 1", lib__deep="y = 2"), tmp_path / "code") == folder
    assert [each.name for each in (tmp_path / "code").iterdir()] == [folder.name]


def test_other_bytes_are_another_folder(tmp_path: Path) -> None:
    assert unpacked(package(app="1"), tmp_path) != unpacked(package(app="2"), tmp_path)


def test_modes_are_kept(tmp_path: Path) -> None:
    assert stat.S_IMODE((unpacked(package(app="1"), tmp_path) / "app.py").stat().st_mode) == 0o644


def test_many_at_once_end_with_one_whole_folder(tmp_path: Path) -> None:
    made: list[Path] = []
    threads = [
        threading.Thread(target=lambda: made.append(unpacked(package(app="1", b="2"), tmp_path)))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 6
    assert len(set(made)) == 1
    assert [each.name for each in tmp_path.iterdir()] == [made[0].name]


def test_what_is_no_zip_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ApitoolError, match="can't be unpacked"):
        unpacked(b"not a zip", tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../evil.py", "/evil.py", "a/../../evil.py"])
def test_an_entry_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "")
    with pytest.raises(ApitoolError, match="leads out"):
        unpacked(stream.getvalue(), tmp_path / "code")
    assert not list(tmp_path.rglob("evil.py"))


def test_more_than_lambda_takes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(function_code, "_MAX_UNPACKED", 3)
    with pytest.raises(ApitoolError, match="too large"):
        unpacked(package(app="long"), tmp_path)
