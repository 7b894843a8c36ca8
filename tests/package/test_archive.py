"""The zip: what it holds, and that nothing else decides its bytes."""

from __future__ import annotations

import shutil
import stat
import subprocess
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitool.errors import ApitoolError
from apitool.package import archive, entry_names

FILES = {"b.py": b"b" * 500, "a/c.py": b"", "a/run.sh": b"#!/bin/sh\n", "thé.txt": "thé".encode()}


def zipped(files: dict[str, bytes], executable: tuple[str, ...] = ()) -> bytes:
    out = BytesIO()
    writer = archive.ArchiveWriter(out)
    for name, content in files.items():
        writer.add(name, archive.pack(content), executable=name in executable)
    writer.finish()
    return out.getvalue()


def appended(first: dict[str, bytes], second: dict[str, bytes]) -> bytes:
    out = BytesIO()
    writer = archive.ArchiveWriter(out)
    other = zipped(first)
    writer.append(other, archive.entries(other))
    for name, content in second.items():
        writer.add(name, archive.pack(content), executable=False)
    writer.finish()
    return out.getvalue()


def test_other_programs_read_what_was_written(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(FILES))
    with zipfile.ZipFile(path) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == FILES
    if unzip := shutil.which("unzip"):
        subprocess.run([unzip, "-tq", path], check=True, capture_output=True)


def test_every_entry_has_a_fixed_date_mode_and_system():
    with zipfile.ZipFile(BytesIO(zipped(FILES, executable=("a/run.sh",)))) as opened:
        for info in opened.infolist():
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            assert info.create_system == 3
            mode = info.external_attr >> 16
            assert stat.S_ISREG(mode)
            assert stat.S_IMODE(mode) == (0o755 if info.filename == "a/run.sh" else 0o644)


def test_names_are_listed_sorted_whatever_the_order_they_came_in():
    with zipfile.ZipFile(BytesIO(appended({"m.py": b"1", "z.py": b"2"}, {"a.py": b"3"}))) as opened:
        assert opened.namelist() == ["a.py", "m.py", "z.py"]
        assert [opened.read(name) for name in opened.namelist()] == [b"3", b"1", b"2"]


def test_text_is_deflated_and_noise_is_stored():
    with zipfile.ZipFile(BytesIO(zipped({"text": b"tea" * 999, "noise": b"\x93", "empty": b""}))) as opened:
        methods = {info.filename: info.compress_type for info in opened.infolist()}
    assert methods == {"text": zipfile.ZIP_DEFLATED, "noise": zipfile.ZIP_STORED, "empty": zipfile.ZIP_STORED}


@pytest.mark.parametrize("name", ["../a", "/a", "a\\b", "C:a", "a//b", ""])
def test_a_name_that_leaves_the_package_is_never_written(name):
    writer = archive.ArchiveWriter(BytesIO())
    with pytest.raises(ValueError, match="its name"):
        writer.add(name, archive.pack(b""), executable=False)


def test_a_name_is_written_once():
    writer = archive.ArchiveWriter(BytesIO())
    other = zipped({"a": b""})
    writer.append(other, archive.entries(other))
    with pytest.raises(ValueError, match="in the package already"):
        writer.add("a", archive.pack(b""), executable=False)


def test_more_files_than_a_zip_can_list_are_refused():
    writer = archive.ArchiveWriter(BytesIO())
    nothing = archive.pack(b"")
    for number in range(archive.MOST_ENTRIES + 1):
        writer.add(str(number), nothing, executable=False)
    with pytest.raises(ApitoolError, match="65,536 files"):
        writer.finish()


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).filter(
    lambda name: entry_names.refusal(name) is None
)


@given(st.dictionaries(NAMES, st.binary(max_size=300)), st.data())
def test_content_survives_and_the_bytes_depend_on_nothing_else(files, data):
    split = data.draw(st.integers(0, len(files)))
    items = list(files.items())
    first, second = dict(items[:split]), dict(items[split:])
    result = appended(first, second)
    assert result == appended(first, second)
    with zipfile.ZipFile(BytesIO(result)) as opened:
        assert {name: opened.read(name) for name in opened.namelist()} == files
    assert {entry.name: entry.size for entry in archive.entries(result)} == {
        n: len(c) for n, c in files.items()
    }
