"""A whole package: name, digests, sizes, limits, and what happens when things go wrong."""

from __future__ import annotations

import base64
import hashlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from tests.package.projects import HANDLER, contents, made, package, write

import apitool
from apitool.errors import ApitoolError, UsageError
from apitool.package import publication, sizes, source
from apitool.package.target import Target

CLI = Path(apitool.__file__).parents[1]


def noise(size: int) -> bytes:
    return random.Random(1).randbytes(size)  # noqa: S311 - the same bytes every time


def test_a_package_is_named_after_its_function_and_its_digest(project):
    built = package(project)
    content = built.file.read_bytes()
    digest = hashlib.sha256(content)
    assert built.file == project / "out" / f"orders-{digest.hexdigest()[:16]}.zip"
    assert built.sha256_hex == digest.hexdigest()
    assert built.sha256_base64 == base64.b64encode(digest.digest()).decode()
    assert (built.function, built.size, built.unzipped_size) == ("orders", len(content), len(HANDLER))
    assert contents(built) == {"app.py": HANDLER.encode()}


def test_contributors_are_the_biggest_at_the_top(project):
    write(project / "src", {"data/a.bin": noise(900), "data/b/c.bin": noise(600), "logic.py": "#" * 400})
    built = package(project)
    assert [(c.name, c.size) for c in built.contributors] == [
        ("data", 1500),
        ("logic.py", 400),
        ("app.py", len(HANDLER)),
    ]


def test_another_source_is_another_file_and_the_old_one_stays(project):
    first = package(project)
    write(project / "src", {"app.py": HANDLER + "# more\n"})
    second = package(project)
    assert first.file != second.file
    assert first.file.exists()


def test_a_relative_root_means_the_working_directory(project, monkeypatch):
    monkeypatch.chdir(project)
    built = package(Path(), out=Path("out"))
    assert made(package(project)) == made(built)
    assert built.file.is_absolute()


def test_secrets_left_out_are_told(project):
    write(project / "src", {".env": "PASSWORD=x"})
    assert package(project).left_out == (".env",)


def test_a_small_build_says_nothing(project):
    said = []
    package(project, progress=said.append)
    assert said == []


def test_a_package_over_the_zipped_limit_has_to_go_through_s3(project, monkeypatch):
    monkeypatch.setattr(sizes, "ZIPPED_LIMIT", sizes.MEGABYTE)
    monkeypatch.setattr("apitool.package.packing.A_SECOND_OF_PACKING", 1_000_000)
    write(project / "src", {"small.bin": noise(100)})
    assert not package(project).too_big_to_upload
    write(project / "src", {"model.bin": noise(2_000_000)})
    said = []
    assert package(project, progress=said.append).too_big_to_upload
    assert said == ["packing 3 files of `orders`"]


def test_a_package_over_250_mb_unzipped_is_refused_before_anything_is_read_with_its_biggest_parts(project):
    with (project / "src" / "zeros.bin").open("wb") as file:
        file.truncate(262_144_001)
    start = time.perf_counter()
    with pytest.raises(ApitoolError) as raised:
        package(project)
    assert time.perf_counter() - start < 1
    (problem,) = raised.value.problems
    assert problem.what == (
        "the deployment package of `orders` is 250.0 MB unzipped; Lambda takes 250 MB (262,144,000 bytes)"
    )
    assert problem.seen.splitlines()[1:] == [
        f"zeros.bin  {'█' * 24}   250.0 MB",
        f"app.py     ▏{' ' * 23}   60 bytes",
    ]
    assert not list((project / "out").glob("*.zip"))


def test_250_mb_unzipped_is_exactly_what_fits():
    sizes.check_unzipped("orders", [("a", 262_000_000), ("b", 144_000)])
    with pytest.raises(ApitoolError):
        sizes.check_unzipped("orders", [("a", 262_000_000), ("b", 144_001)])


@pytest.mark.parametrize(
    ("files", "handler", "what"),
    [
        ({}, "app.handle", "handler `app.handle`: `app.py` has no `handle`"),
        ({}, "apq.handler", "handler `apq.handler`: there is no `apq.py`"),
        ({"app.py": "def handler(event): ..."}, "app.handler", "can't be called with"),
        ({"util.py": "def f(:"}, "app.handler", "`util.py` is not valid Python 3.13"),
    ],
)
def test_a_source_lambda_could_not_run_is_refused_and_nothing_is_written(project, files, handler, what):
    write(project / "src", files)
    with pytest.raises(UsageError, match=what.replace("(", r"\(")):
        package(project, handler=handler)
    assert not (project / "out").exists()


def test_an_empty_source_folder_has_no_handler(tmp_path):
    (tmp_path / "src").mkdir()
    with pytest.raises(UsageError) as raised:
        package(tmp_path)
    assert raised.value.problems[0].seen == "no Python file there"


def test_a_file_that_changes_meanwhile_stops_the_build_and_leaves_nothing(project, monkeypatch):
    real = source.SourceFile.read

    def read_then_write(self):
        content = real(self)
        with self.path.open("a") as file:
            file.write("# late\n")
        return content

    # Twice the handler's file is read for the checks; let those pass.
    monkeypatch.setattr("apitool.package.contents.handler.check", lambda *_: True)
    monkeypatch.setattr("apitool.package.contents.syntax.check", lambda *_: None)
    monkeypatch.setattr(source.SourceFile, "read", read_then_write)
    with pytest.raises(ApitoolError, match=r"`app.py` changed while it was being packaged"):
        package(project)
    assert list((project / "out").iterdir()) == []


def test_no_space_is_an_error_of_ours_and_leaves_nothing(project, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publication, "publish", full)
    with pytest.raises(ApitoolError, match="`orders` could not be built") as raised:
        package(project)
    assert raised.value.problems[0].seen.endswith("No space left on device")
    assert list((project / "out").iterdir()) == []


def test_a_folder_nobody_can_write_to_is_an_error_of_ours(project):
    (project / "out").write_text("a file where the folder should be")
    with pytest.raises(ApitoolError, match="`orders` could not be built"):
        package(project)


def test_concurrent_builds_of_one_function_agree(project):
    write(project / "src", {"data.bin": noise(2_000_000)})
    built = []
    threads = [threading.Thread(target=lambda: built.append(package(project))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(built) == 4
    assert len({made(each) for each in built}) == 1
    assert [path.name for path in (project / "out").iterdir() if path.is_file()] == [built[0].file.name]


BUILD_FOR_EVER = """
import sys
from pathlib import Path
from tests.package.projects import package, write
root = Path(sys.argv[1])
for number in range(10_000):
    write(root / "src", {"number.py": f"number = {number}"})
    package(root)
    print("built", flush=True)
"""


def test_a_killed_build_leaves_nothing_that_looks_finished(project):
    write(project / "src", {"data.bin": noise(1_000_000)})
    for wait in (0.011, 0.037, 0.052):
        child = subprocess.Popen(
            [sys.executable, "-c", BUILD_FOR_EVER, str(project)],
            cwd=Path(__file__).parents[2],
            env=os.environ | {"PYTHONPATH": str(CLI)},
            stdout=subprocess.PIPE,
        )
        with child:
            assert child.stdout.readline() == b"built\n"
            time.sleep(wait)  # somewhere in one of the next builds
            child.send_signal(signal.SIGKILL)
    found = [path for path in (project / "out").iterdir() if not path.name.startswith(publication.PREFIX)]
    assert found
    for path in found:
        assert path.name == f"orders-{hashlib.sha256(path.read_bytes()).hexdigest()[:16]}.zip"
    assert package(project).file.exists()


def test_what_killed_builds_left_is_swept_up_an_hour_later(project):
    old, young = (project / "out" / f"{publication.PREFIX}{name}" for name in ("old", "young"))
    write(project / "out", {old.name: "half a zip", young.name: "half a zip"})
    os.utime(old, (time.time() - 3700,) * 2)
    package(project)
    assert (old.exists(), young.exists()) == (False, True)


def test_the_lock_of_a_dead_build_holds_nobody(tmp_path):
    lock = tmp_path / "x.lock"
    lock.touch()
    waited = []
    with publication.alone(lock, lambda: waited.append(True)):
        pass
    assert waited == []


def test_a_second_build_waits_for_the_first_and_says_so(tmp_path):
    waiting, order = threading.Event(), []

    def second():
        with publication.alone(tmp_path / "x.lock", waiting.set):
            order.append("second")

    with publication.alone(tmp_path / "x.lock", lambda: None):
        thread = threading.Thread(target=second)
        thread.start()
        assert waiting.wait(10)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_what_a_killed_installation_left_is_gone_for_the_next(tmp_path):
    write(tmp_path / f"{publication.PREFIX}key", {"half/installed.py": ""})
    with publication.workspace(tmp_path, "key") as folder:
        assert list(folder.iterdir()) == []
    assert not folder.exists()


def test_what_a_build_killed_at_its_very_end_left_goes_when_nobody_works_in_it(tmp_path):
    left = tmp_path / f"{publication.PREFIX}key"
    write(left, {"installed.py": ""})
    with publication.alone(tmp_path / "key.lock", lambda: None):
        publication.sweep_workspace(tmp_path, "key")
        assert left.exists()
    publication.sweep_workspace(tmp_path, "key")
    assert not left.exists()


def test_thousands_of_files_are_packed(project):
    write(project / "src", {f"data/{number // 100}/{number}.txt": str(number) for number in range(2_000)})
    assert len(contents(package(project))) == 2_001


def test_the_host_is_a_target_too(project):
    assert package(project, target=Target.host()).sha256_hex == package(project).sha256_hex
