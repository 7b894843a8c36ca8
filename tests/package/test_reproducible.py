"""The same source and requirements give the same bytes, wherever, whenever and by whomever they are built."""

from __future__ import annotations

import os
import shutil
import sys
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.package.other_pythons import built_by, other_pythons
from tests.package.projects import HANDLER, made, package, wheel, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def sample(project, wheels):
    """Source and a locked dependency with a script, text worth compressing, and names beyond ASCII."""
    write(
        project / "src",
        {"logic/thé.py": "x = 1\n" * 500, "data.bin": bytes(range(256)) * 40, "run.sh": "#!/bin/sh\n"},
    )
    (project / "src" / "run.sh").chmod(0o755)
    write(project / "src", {"requirements.txt": wheel(wheels, "tea", scripts="tea = tea:main")})
    return project


def copy_of(sample: Path, to: Path) -> Path:
    """The same files, written in another order, at other times."""
    for path in sorted((sample / "src").rglob("*"), reverse=True):
        if path.is_file():
            target = to / path.relative_to(sample)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
            target.chmod(path.stat().st_mode)
            os.utime(target, (1_000_000_000, 1_000_000_000))
    return to


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_folder_order_time_and_umask_do_not_count(sample, tmp_path, mask):
    first = package(sample)
    old = os.umask(mask)
    try:
        second = package(copy_of(sample, tmp_path / "a very other place"))
    finally:
        os.umask(old)
    assert second.file.name == first.file.name
    assert second.file.read_bytes() == first.file.read_bytes()


@pytest.mark.parametrize(
    "environ",
    [
        {"TZ": "Pacific/Kiritimati"},
        {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "tr_TR.UTF-8"},
        {"PYTHONHASHSEED": "1"},
        {"PYTHONOPTIMIZE": "2"},
        {"SOURCE_DATE_EPOCH": "1"},
        {"PYTHONPYCACHEPREFIX": "/nonexistent"},
    ],
    ids=lambda environ: next(iter(environ)),
)
def test_the_environment_does_not_count(sample, tmp_path, environ):
    here = package(sample).sha256_hex
    assert built_by(sys.executable, copy_of(sample, tmp_path / "b"), **environ)[0] == here


@pytest.mark.skipif(not other_pythons(), reason="no other Python here")
@pytest.mark.parametrize("python", other_pythons())
def test_the_python_that_builds_does_not_count(sample, tmp_path, python):
    digest, version = built_by(python, copy_of(sample, tmp_path / "b"))
    if "ng" in version or "ng" in zlib.ZLIB_RUNTIME_VERSION:
        pytest.skip("zlib-ng packs differently, as archive.py says")
    assert digest == package(sample).sha256_hex


def test_a_dependency_from_the_cache_gives_the_same_bytes_as_a_fresh_one(sample):
    first = made(package(sample))
    shutil.rmtree(sample / "out")
    assert made(package(sample)) == first
    assert made(package(sample)) == first


SOURCES = st.dictionaries(
    st.from_regex(r"[a-z]{1,3}(/[a-z]{1,3}){0,2}\.(py|txt)", fullmatch=True),
    st.binary(max_size=200),
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=SOURCES, seed=st.randoms(use_true_random=False))
def test_any_source_gives_the_same_bytes_in_any_order(tmp_path_factory, files, seed):
    shown = {name: b"# " + content.hex().encode() for name, content in files.items()} | {
        "app.py": HANDLER.encode()
    }
    digests = set()
    for _ in range(2):
        items = list(shown.items())
        seed.shuffle(items)
        root = tmp_path_factory.mktemp("any")
        write(root / "src", dict(items))
        digests.add(package(root).sha256_hex)
    assert len(digests) == 1
