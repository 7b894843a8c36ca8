"""What goes wrong on other people's machines: no space, no permission, kills, two at once, far too much."""

from __future__ import annotations

import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from tests.package.projects import HANDLER, contents, package, wheel, write

import apitool
from apitool.errors import ApitoolError, UsageError
from apitool.package import publication
from apitool.package.target import Target

ROOT = Path(__file__).parents[2]
CLI = Path(apitool.__file__).parents[1]
MB = 1_048_576

BUILD = """
import sys
from pathlib import Path
from tests.package.projects import package
from apitool.errors import ApitoolError
try:
    print(package(Path(sys.argv[1])).sha256_hex, flush=True)
except ApitoolError as error:
    (problem,) = error.problems
    sys.exit(f"{problem.what} | {problem.seen} | {problem.fix}")
"""


def start(root: Path, **options) -> subprocess.Popen[str]:
    """A build of `root` in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, str(root)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(CLI)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out.strip(), err.strip()


@pytest.fixture
def demanding(project, wheels) -> Path:
    """A project with source and dependencies that take some work."""
    noise = random.Random(1)  # noqa: S311 - the same bytes every time
    for name in ("tea", "leaf", "mug"):
        files = {f"{name}/{number}.bin": noise.randbytes(200_000) for number in range(5)}
        wheel(wheels, name, files={f"{name}/__init__.py": "", **files})
    write(project / "src", {"requirements.txt": "tea\nleaf\nmug\n", "data.bin": noise.randbytes(300_000)})
    return project


def test_a_link_to_the_passwords_is_refused_by_name(project):
    (project / "src" / "users").symlink_to("/etc/passwd")
    with pytest.raises(UsageError) as raised:
        package(project)
    (problem,) = raised.value.problems
    assert problem.what == "`users` can't be packaged"
    assert problem.seen == "it is a link to /etc/passwd, out of the source folder"
    assert not (project / "out").exists()


def test_300_mb_of_dependencies_are_refused_with_the_biggest_parts_and_leave_nothing(project, wheels):
    wheel(wheels, "small")
    with zipfile.ZipFile(
        wheels / "huge-1.0-py3-none-any.whl", "w", zipfile.ZIP_DEFLATED, compresslevel=1
    ) as made:
        with made.open("huge/zeros.bin", "w") as file:
            for _ in range(300):
                file.write(bytes(MB))
        made.writestr("huge-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: huge\nVersion: 1.0\n")
        made.writestr(
            "huge-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        made.writestr("huge-1.0.dist-info/RECORD", "")
    write(project / "src", {"requirements.txt": "huge\nsmall\n"})
    with pytest.raises(ApitoolError, match=r"is 300.0 MB unzipped; Lambda takes 250 MB") as raised:
        package(project)
    (problem,) = raised.value.problems
    assert problem.seen.splitlines()[1].split() == ["huge", "█" * 24, "300.0", "MB"]
    assert [path.suffix for path in (project / "out" / "dependencies").iterdir()] == [".lock"]


def test_conflicting_pins_are_named(project, wheels):
    wheel(wheels, "tea", needs=("leaf==1.0",))
    wheel(wheels, "leaf", "1.0")
    wheel(wheels, "leaf", "2.0")
    write(project / "src", {"requirements.txt": "tea\nleaf==2.0\n"})
    with pytest.raises(
        ApitoolError, match=r"the requirements of requirements.txt contradict each other"
    ) as raised:
        package(project)
    assert "leaf==1.0" in raised.value.problems[0].seen


@pytest.mark.usefixtures("wheels")
def test_a_requirement_that_does_not_exist_is_named(project):
    write(project / "src", {"requirements.txt": "no-such-tea==1\n"})
    with pytest.raises(ApitoolError, match="no package index has `no-such-tea`"):
        package(project)


@pytest.mark.parametrize("limit", [100_000, 700_000, 2_000_000])
def test_a_full_disk_is_an_error_that_names_the_folder_and_leaves_nothing_that_looks_finished(
    demanding, limit
):
    process = start(demanding, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    code, out, err = ended(process)
    assert (code, out) == (1, "")
    assert "Traceback" not in err
    assert str(demanding / "out") in err or "uv was stopped" in err
    assert [
        path for path in (demanding / "out").rglob("*") if path.is_file() and path.suffix != ".lock"
    ] == []
    assert "tea/__init__.py" in contents(package(demanding))


@pytest.fixture
def mounted():
    """Mounts as `mount` is told; gone afterwards. Only where tests run as root, as in a container."""
    places = []

    def mount(place: Path, *how: str) -> None:
        done = subprocess.run(["mount", *how, str(place)], capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")
        places.append(place)

    yield mount
    for place in places:
        subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("kilobytes", [64, 1_500, 4_500, 6_050])
def test_a_small_disk_that_fills_up_is_an_error_that_says_so(demanding, mounted, kilobytes):
    """Too small for what is installed, for its zip, and for the package, one after the other."""
    out = demanding / "out"
    out.mkdir()
    mounted(out, "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs")
    code, printed, said = ended(start(demanding))
    assert (code, printed) == (1, "")
    assert "Traceback" not in said
    assert "No space left on device" in said
    assert not list(out.glob("*.zip"))
    left = [path for path in out.rglob("*") if path.is_file() and path.suffix not in {".lock", ".json"}]
    assert {path.parent.name for path in left} <= {"dependencies"}  # whole, or not there


def test_the_source_may_lie_on_a_disk_nobody_can_write_to(demanding, mounted):
    source = demanding / "src"
    mounted(source, "--bind", str(source))
    subprocess.run(["mount", "-o", "remount,bind,ro", str(source)], check=True)
    with pytest.raises(OSError, match="Read-only"):
        (source / "x").touch()
    assert "tea/__init__.py" in contents(package(demanding))
    assert "tea/__init__.py" in contents(package(demanding, bytecode=True, target=Target.host()))


def test_the_source_folder_may_be_read_only(demanding):
    def state() -> dict[str, tuple[int, int]]:
        return {
            str(path): (path.stat().st_mtime_ns, path.stat().st_size)
            for path in (demanding / "src").rglob("*")
        } | {"": (demanding.joinpath("src").stat().st_mtime_ns, 0)}

    for path in (*(demanding / "src").iterdir(), demanding / "src"):
        path.chmod(0o555)
    before = state()
    try:
        package(demanding)
        assert state() == before  # root, as in a container, may write anyway
    finally:
        (demanding / "src").chmod(0o755)


def test_two_processes_at_once_make_the_same_package(demanding):
    answers = [ended(process) for process in [start(demanding) for _ in range(3)]]
    assert {code for code, _, _ in answers} == {0}, answers
    assert {digest for _, digest, _ in answers} == {package(demanding).sha256_hex}


# Dies before the N-th change of the folder it builds into; on the way out says how many there were.
DYING_BUILD = (
    """
import os, signal, sys
left, changes = int(sys.argv[2]), 0
WRITES = os.O_WRONLY | os.O_RDWR
NAMED = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.utime", "subprocess.Popen"}
def about_to(event, arguments):
    global changes
    if event in NAMED or event == "open" and arguments[2] & WRITES:
        if event == "subprocess.Popen" or "/out/" in str(arguments[0]):
            changes += 1
            if changes == left:
                os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(about_to)
"""
    + BUILD
    + "print(changes)\n"
)


@pytest.mark.slow
def test_killed_before_any_change_of_the_disk_the_next_build_is_right(demanding, tmp_path):
    def dying(change: int) -> subprocess.CompletedProcess[str]:
        shutil.rmtree(demanding / "out", ignore_errors=True)
        command = [sys.executable, "-c", DYING_BUILD, str(demanding), str(change)]
        environment = os.environ | {"PYTHONPATH": str(CLI)}
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    right = package(demanding, out=tmp_path / "undisturbed")
    digest, changes = dying(0).stdout.split()
    assert digest == right.sha256_hex
    assert int(changes) > 10
    for change in range(1, int(changes) + 1):
        assert dying(change).returncode == -signal.SIGKILL
        for path in (demanding / "out").glob("*.zip"):
            assert path.name == f"orders-{hashlib.sha256(path.read_bytes()).hexdigest()[:16]}.zip"
        built = package(demanding)
        assert built.file.read_bytes() == right.file.read_bytes()
        left = (demanding / "out" / "dependencies").glob(f"{publication.PREFIX}*")
        assert not [path for path in left if path.is_dir()]


@pytest.mark.parametrize("waits", [[0.15, 0.22, 0.3, 0.4, 0.55, 0.75]])
def test_killed_at_any_moment_the_next_build_is_right(demanding, tmp_path, waits):
    """First Python starts, then the source is read, uv runs, dependencies and package are zipped."""
    right = package(demanding, out=tmp_path / "undisturbed")
    for wait in waits:
        with start(demanding, start_new_session=True) as process:
            time.sleep(wait)
            os.killpg(process.pid, signal.SIGKILL)
        for path in (demanding / "out").glob("*.zip"):
            assert path.name == f"orders-{hashlib.sha256(path.read_bytes()).hexdigest()[:16]}.zip"
    built = package(demanding)
    assert built.sha256_hex == right.sha256_hex
    assert built.file.read_bytes() == right.file.read_bytes()
    assert not [
        path for path in (demanding / "out" / "dependencies").glob(f"{publication.PREFIX}*") if path.is_dir()
    ]


def test_an_interrupted_build_leaves_no_work_and_no_uv_behind(demanding, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("apitool.package.archive.ArchiveWriter.finish", interrupt)
    with pytest.raises(KeyboardInterrupt):
        package(demanding)
    left = [path for path in (demanding / "out").rglob("*") if path.is_file()]
    assert {path.suffix for path in left} == {".lock"}
    write(demanding / "src", {"app.py": HANDLER})
