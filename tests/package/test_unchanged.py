"""Nothing changed is no work; anything changed is a new package."""

from __future__ import annotations

import os
import shutil
import time

import pytest
from tests.package.projects import HANDLER, contents, made, package, wheel, write

from apitool.package import packing, unchanged


@pytest.fixture
def settled(project, wheels):
    """A project whose files are older than a tick of the file system's clock, built once."""
    wheel(wheels, "tea")
    write(project / "src", {"requirements.txt": "tea\n", "logic.py": "x = 1\n", ".env": "x"})
    time.sleep(unchanged.TICK / unchanged.SECOND + 0.02)
    package(project)
    return project


def test_a_second_build_reads_and_writes_nothing(settled, monkeypatch):
    first = package(settled)
    monkeypatch.setattr(packing, "pack", None)
    again = package(settled)
    assert made(again) == made(first)
    assert again.reused
    assert again.left_out == (".env",)
    assert again.notes == first.notes != ()


def remove(path):
    path.unlink()


CHANGES = {
    "a line": lambda root: write(root / "src", {"app.py": HANDLER + "# more\n"}),
    "a byte, size and time as before": lambda root: rewrite(root / "src" / "logic.py", "x = 2\n"),
    "a new file": lambda root: write(root / "src", {"new.py": ""}),
    "a file less": lambda root: remove(root / "src" / "logic.py"),
    "a mode": lambda root: (root / "src" / "logic.py").chmod(0o755),
    "the requirements": lambda root: write(root / "src", {"requirements.txt": "tea\n# more\n"}),
}


def rewrite(path, text):
    status = path.stat()
    path.write_text(text)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_of_the_source_is_seen(settled, change):
    assert package(settled).reused
    change(settled)
    built = package(settled)
    assert not built.reused
    shutil.rmtree(settled / "out" / unchanged.FOLDER)
    assert made(package(settled)) == made(built)


@pytest.mark.parametrize(
    "options",
    [
        {"handler": "logic.x"},
        {"runtime": "python3.12"},
        {"architecture": "x86_64"},
        {"exclude": ("logic.py",)},
        {"include": ("requirements.txt",)},
        {"bundle_sdk": True},
        {"layer": True},
        {"refresh": True},
    ],
)
def test_any_change_of_the_function_is_seen(settled, options):
    assert not package(settled, **options).reused
    assert package(settled).reused


@pytest.mark.parametrize("damage", ["gone", "cut", "another", "half a record", "record of another shape"])
def test_what_was_tampered_with_is_made_again(settled, damage):
    first = package(settled)
    content = first.file.read_bytes()
    (record,) = (settled / "out" / unchanged.FOLDER).iterdir()
    if damage == "gone":
        first.file.unlink()
    elif damage == "cut":
        first.file.write_bytes(content[:-1])
    elif damage == "another":
        first.file.write_bytes(content[:-1] + b"!")
    elif damage == "half a record":
        record.write_bytes(record.read_bytes()[:50])
    else:
        record.write_text("[]")
    again = package(settled)
    assert made(again) == made(first)
    assert again.file.read_bytes() == content


def test_after_a_restart_of_the_machine_content_is_looked_at_for_it_may_have_been_lost(
    settled, monkeypatch, tmp_path
):
    first = package(settled)
    content, status = first.file.read_bytes(), first.file.stat()
    write(tmp_path, {"boot_id": "another"})
    monkeypatch.setattr(unchanged, "BOOT", tmp_path / "boot_id")
    assert package(settled).reused
    first.file.write_bytes(bytes(len(content)))  # as some file systems leave it: all there, and all zeros
    os.utime(first.file, ns=(status.st_atime_ns, status.st_mtime_ns))
    again = package(settled)
    assert not again.reused
    assert again.file.read_bytes() == content


def test_a_file_written_in_the_same_tick_is_not_trusted(project):
    write(project / "src", {"app.py": HANDLER})
    package(project)
    assert not (project / "out" / unchanged.FOLDER).exists()
    time.sleep(unchanged.TICK / unchanged.SECOND + 0.02)
    package(project)
    assert package(project).reused


def test_a_project_moved_as_a_whole_finds_its_packages(settled, tmp_path):
    first = package(settled)
    again = package(settled, out=(settled / "out").rename(tmp_path / "elsewhere"))
    assert again.reused
    assert again.file == tmp_path / "elsewhere" / first.file.name


def test_warnings_are_said_again(project):
    write(project / "src", {"app.py": HANDLER + f"KEY = 'AKIA{'Z7' * 8}'\n"})
    time.sleep(unchanged.TICK / unchanged.SECOND + 0.02)
    first = package(project)
    again = package(project)
    assert again.reused
    assert again.warnings == first.warnings != ()


def test_a_layer_and_its_function_are_found_together(settled):
    first = package(settled, layer=True)
    again = package(settled, layer=True)
    assert again.reused
    assert made(again.layer) == made(first.layer)
    first.layer.file.unlink()
    assert package(settled, layer=True).layer.file.exists()
    assert set(contents(again)) == {"app.py", "logic.py"}
