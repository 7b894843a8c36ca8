"""What a requirements file pins, and what it includes."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.package.projects import write

from apitool.errors import UsageError
from apitool.package import requirements


def read(root, text: str, **files: str):
    write(root, {"requirements.txt": text} | {f"{name}.txt": other for name, other in files.items()})
    return requirements.read(root / "requirements.txt")


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n   # at all\n", "\ufeff"])
def test_a_file_without_requirements_is_empty(tmp_path, text):
    assert read(tmp_path, text).empty


def test_hashes_on_continued_lines_make_a_lock(tmp_path):
    assert read(tmp_path, "a==1 \\\n    --hash=sha256:00\n").locked
    assert not read(tmp_path, "a==1  # --hash=sha256:00\n").locked


@pytest.mark.parametrize(
    "line", ["-r base.txt", "--requirement base.txt", "--requirement=base.txt", "-rbase.txt", "-c base.txt"]
)
def test_included_files_count(tmp_path, line):
    found = read(tmp_path, f"{line}\nb\n", base="a==1 --hash=sha256:00\n-r requirements.txt\n")
    assert found.locked
    assert len(found.texts) == 2


def test_an_included_file_that_is_missing_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"requirements file `.*/base.txt` does not exist"):
        read(tmp_path, "-r base.txt")


def test_a_file_that_is_not_utf_8_is_named(tmp_path):
    (tmp_path / "requirements.txt").write_bytes(b"caf\xe9")
    with pytest.raises(UsageError, match="is not UTF-8"):
        requirements.read(tmp_path / "requirements.txt")


@pytest.mark.parametrize(
    "line",
    [
        "requests",
        "requests==2.32.3 ; python_version > '3.8'",
        "a[b]>=1",
        "a @ https://example.com/a.whl",
        "git+https://example.com/a.git",
    ],
)
def test_what_an_index_or_server_has_is_no_path(tmp_path, line):
    assert read(tmp_path, f"{line}\n").local_paths == ()


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("-e .", ""),
        ("-e ./lib[fast]", "lib"),
        ("--editable=./lib", "lib"),
        ("./lib ; python_version > '3.8'", "lib"),
        ("./lib --hash=sha256:00", "lib"),
        ("lib/a-1-py3-none-any.whl", "lib/a-1-py3-none-any.whl"),
        ("a @ file:lib", "lib"),
        ("file:lib", "lib"),
    ],
)
def test_paths_on_this_machine_are_named(tmp_path, line, path):
    assert read(tmp_path, f"{line}\n").local_paths == (tmp_path / path,)


@pytest.mark.parametrize("line", ["/srv/lib", "a @ file:///srv/lib", "-e file:///srv/lib"])
def test_absolute_paths_are_named_too(tmp_path, line):
    assert read(tmp_path, f"{line}\n").local_paths == (Path("/srv/lib"),)


def test_a_path_beside_the_folder_is_named_without_dots(tmp_path):
    assert read(tmp_path / "src", "../lib\n").local_paths == (tmp_path / "lib",)
