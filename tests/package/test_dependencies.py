"""Dependencies by the real uv, from wheels in a folder: what is installed, kept, left out and refused."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import threading
from pathlib import Path

import pytest
from tests.package.projects import contents, made, package, wheel, write

from apitool.errors import ApitoolError, UsageError
from apitool.package import unchanged, wanted
from apitool.package import wheels as uv_wheels


def require(project: Path, text: str) -> None:
    write(project / "src", {"requirements.txt": text})


@pytest.fixture
def runs(monkeypatch):
    """How often uv was started, by the requirements it got."""
    started = []
    real = uv_wheels.install

    def install(requirements, target, into, progress):
        started.append(requirements.path.name)
        return real(requirements, target, into, progress)

    monkeypatch.setattr(uv_wheels, "install", install)
    return started


def test_dependencies_of_dependencies_go_in_too(project, wheels):
    wheel(wheels, "tea", needs=("leaf>=1",))
    wheel(wheels, "leaf", "1.5")
    require(project, "tea\n")
    assert {"app.py", "tea/__init__.py", "leaf/__init__.py"} <= set(contents(package(project)))


def test_what_names_this_machine_stays_out(project, wheels):
    wheel(wheels, "tea", scripts="tea = tea:main")
    require(project, "tea\n")
    assert set(contents(package(project))) == {
        "app.py", "tea/__init__.py", "tea-1.0.dist-info/METADATA", "tea-1.0.dist-info/entry_points.txt",
    }  # fmt: skip


def test_the_sdk_is_left_to_the_runtime_and_its_dependencies_are_not(project, wheels):
    wheel(wheels, "boto3", needs=("botocore",))
    wheel(wheels, "botocore", needs=("urllib3",))
    wheel(wheels, "urllib3")
    wheel(wheels, "boto3_stubs")
    require(project, "boto3\nboto3_stubs\n")
    built = package(project)
    assert {name.partition("/")[0] for name in contents(built)} == {
        "app.py", "boto3_stubs", "boto3_stubs-1.0.dist-info", "urllib3", "urllib3-1.0.dist-info",
    }  # fmt: skip
    assert "left to the runtime, which has them: boto3, botocore" in built.notes


def test_the_sdk_goes_in_when_asked_for(project, wheels):
    wheel(wheels, "boto3")
    require(project, "boto3\n")
    assert "boto3/__init__.py" not in contents(package(project))
    built = package(project, bundle_sdk=True)
    assert {"boto3/__init__.py", "boto3-1.0.dist-info/METADATA"} <= set(contents(built))
    assert not any("runtime" in note for note in built.notes)


def test_metadata_is_kept_as_far_as_it_is_read_at_run_time(project, wheels):
    about = "tea-1.0.dist-info"
    wheel(
        wheels,
        "tea",
        scripts="tea = tea:main",
        files={
            "tea.py": "main = print\n",
            "__pycache__/tea.cpython-313.pyc": "x",
            "sourceless.pyc": "all there is of it",
            f"{about}/LICENSE": "long",
            f"{about}/licenses/NOTICE": "longer",
            f"{about}/top_level.txt": "tea\n",
        },
    )
    require(project, "tea\n")
    assert set(contents(package(project))) == {
        "app.py", "tea.py", "sourceless.pyc",
        f"{about}/METADATA", f"{about}/entry_points.txt", f"{about}/top_level.txt",
    }  # fmt: skip


def test_a_second_build_asks_nobody(project, wheels, runs):
    require(project, wheel(wheels, "tea"))
    first = package(project)
    (wheels / "tea-1.0-py3-none-any.whl").unlink()
    assert made(package(project)) == made(first)
    write(project / "src", {"more.py": ""})
    assert set(contents(package(project))) - set(contents(first)) == {"more.py"}
    assert runs == ["requirements.txt"]


@pytest.mark.parametrize("change", ["requirements", "included", "runtime", "architecture", "refresh"])
def test_another_input_resolves_again(project, wheels, runs, change):
    write(project / "src", {"base.txt": wheel(wheels, "leaf")})
    pin = wheel(wheels, "tea")
    require(project, f"-r base.txt\n{pin}")
    package(project)
    options = {
        "runtime": {"runtime": "python3.12"},
        "architecture": {"architecture": "x86_64"},
        "refresh": {"refresh": True},
    }
    if change == "requirements":
        require(project, f"-r base.txt\n{pin}# other\n")
    elif change == "included":
        write(project / "src", {"base.txt": wheel(wheels, "leaf", "2.0")})
    package(project, **options.get(change, {}))
    assert len(runs) == 2


def test_loose_requirements_keep_what_they_got_until_asked_and_say_so(project, wheels):
    wheel(wheels, "tea", "1.0")
    require(project, "tea\n")
    first = package(project)
    wheel(wheels, "tea", "1.1")
    assert made(package(project)) == made(first)
    assert "tea-1.1.dist-info/METADATA" in contents(package(project, refresh=True))
    assert first.notes == ("requirements.txt has no hashes: another day or machine may get other versions",)


def test_loose_requirements_ask_again_when_the_index_is_another(project, wheels, runs, monkeypatch, tmp_path):
    wheel(wheels, "tea", "1.0")
    wheel(tmp_path / "other", "tea", "1.1")
    require(project, "tea\n")
    package(project)
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "other"))
    assert "tea-1.1.dist-info/METADATA" in contents(package(project))
    assert len(runs) == 2


def test_a_wheel_on_this_machine_is_installed_again_when_it_is_another(project, wheels, runs):
    wheel(wheels, "tea")
    require(project, f"{wheels}/tea-1.0-py3-none-any.whl\n")
    package(project)
    package(project)
    assert len(runs) == 1
    wheel(wheels, "tea", files={"tea/__init__.py": "changed = True\n"})
    assert contents(package(project))["tea/__init__.py"] == b"changed = True\n"
    assert len(runs) == 2


@pytest.mark.parametrize("damage", ["cut", "flipped", "no record", "half a record", "digest of another"])
def test_a_damaged_cache_is_made_again(project, wheels, runs, damage):
    require(project, wheel(wheels, "tea"))
    first = package(project)
    shutil.rmtree(project / "out" / unchanged.FOLDER, ignore_errors=True)  # it would stop the build early
    (kept,) = (project / "out" / "dependencies").glob("*.zip")
    record = kept.with_suffix(".json")
    content = kept.read_bytes()
    if damage == "cut":
        kept.write_bytes(content[:-10])
    elif damage == "flipped":
        kept.write_bytes(content[:40] + bytes([content[40] ^ 1]) + content[41:])
    elif damage == "no record":
        record.unlink()
    elif damage == "half a record":
        record.write_bytes(record.read_bytes()[:30])
    else:
        record.write_text(record.read_text().replace(hashlib.sha256(content).hexdigest(), "0" * 64))
    assert made(package(project)) == made(first)
    assert len(runs) == 2


def test_a_lock_holds_hashes_to_what_comes(project, wheels):
    pin = wheel(wheels, "tea")
    wheel(wheels, "tea", files={"tea/__init__.py": "evil = True\n"})
    require(project, pin)
    with pytest.raises(ApitoolError) as raised:
        package(project)
    (problem,) = raised.value.problems
    assert "tea==1.0" in problem.what
    assert "hash" in problem.what


def test_a_lock_that_lacks_a_dependency_is_refused(project, wheels):
    wheel(wheels, "leaf")
    require(project, wheel(wheels, "tea", needs=("leaf",)))
    with pytest.raises(ApitoolError, match=r"requirements.txt has hashes, but none for `leaf"):
        package(project)


def test_a_wheel_for_another_platform_is_refused_by_name(project, wheels):
    wheel(wheels, "tea", tag="cp313-cp313-manylinux_2_17_x86_64")
    require(project, "tea\n")
    with pytest.raises(
        ApitoolError, match=r"`tea\S*` has no wheel for Python 3.13 on aarch64-manylinux_2_34"
    ):
        package(project)
    assert "tea/__init__.py" in contents(package(project, architecture="x86_64"))


def test_a_wheel_for_a_newer_c_library_than_the_runtimes_is_refused(project, wheels):
    wheel(wheels, "tea", tag="py3-none-manylinux_2_28_x86_64")
    require(project, "tea\n")
    assert "tea/__init__.py" in contents(package(project, architecture="x86_64", runtime="python3.12"))
    with pytest.raises(ApitoolError, match=r"has no wheel for Python 3.11 on x86_64-manylinux_2_17"):
        package(project, architecture="x86_64", runtime="python3.11")


@pytest.mark.usefixtures("wheels")
def test_a_failed_resolution_leaves_nothing_behind(project):
    require(project, "no-such-package\n")
    with pytest.raises(ApitoolError, match="`no-such-package`"):
        package(project)
    assert [path.suffix for path in (project / "out" / "dependencies").iterdir()] == [".lock"]
    assert not list((project / "out").glob("*.zip"))


def test_a_file_in_both_source_and_dependency_is_refused(project, wheels):
    wheel(wheels, "tea", files={"app.py": "", "tea.py": ""})
    require(project, "tea\n")
    with pytest.raises(UsageError, match=r"`app.py` is in the source folder and in a dependency"):
        package(project)


def test_a_handler_of_a_dependency_can_be_named(project, wheels):
    wheel(wheels, "wrapper", files={"wrapper/handler.py": "def handler(event, context): ...\n"})
    require(project, "wrapper\n")
    package(project, handler="wrapper.handler.handler")
    with pytest.raises(UsageError, match=r"there is no `wrapper/other.py`"):
        package(project, handler="wrapper.other.handler")


def test_requirements_may_stand_elsewhere(project, wheels):
    wheel(wheels, "tea")
    write(project, {"locks/orders.txt": "tea\n"})
    assert "tea/__init__.py" in contents(package(project, requirements=Path("locks/orders.txt")))
    with pytest.raises(UsageError, match=r"requirements file `.*gone.txt` does not exist"):
        package(project, requirements=Path("gone.txt"))


def test_requirements_of_comments_only_start_nothing(project, runs):
    require(project, "# none yet\n")
    assert set(contents(package(project))) == {"app.py"}
    assert runs == []


def test_concurrent_builds_resolve_once_and_agree(project, wheels, runs):
    require(project, wheel(wheels, "tea"))
    said, built = [], []
    threads = [
        threading.Thread(target=lambda: built.append(package(project, progress=said.append)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(built) == 4
    assert {each.file for each in built} == {built[0].file}
    assert len(runs) == 1


def test_dependencies_over_the_limit_are_refused_before_they_are_zipped(project, wheels, monkeypatch):
    monkeypatch.setattr("apitool.package.sizes.UNZIPPED_LIMIT", 1000)
    wheel(wheels, "tea", files={"tea/big.txt": "x" * 900})
    wheel(wheels, "leaf", files={"leaf.py": "x" * 300})
    require(project, "tea\nleaf\n")
    with pytest.raises(ApitoolError, match="unzipped") as raised:
        package(project)
    lines = raised.value.problems[0].seen.splitlines()
    assert [line.split()[0] for line in lines[:3]] == ["the", "tea", "leaf.py"]
    assert lines[1].count("█") > lines[2].count("█") > 0
    assert not list((project / "out" / "dependencies").glob("*.zip"))


def test_everything_written_is_the_owners_only(project, wheels):
    require(project, wheel(wheels, "tea"))
    old = os.umask(0)
    try:
        built = package(project)
    finally:
        os.umask(old)
    kept = [*(project / "out" / "dependencies").glob("*.zip"), built.file]
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}


def test_keys_hold_no_password(project, wheels, monkeypatch):
    wheel(wheels, "tea")
    require(project, "tea\n")
    monkeypatch.setenv("PIP_INDEX_URL", "https://me:s3cret@127.0.0.1:9/simple")  # not asked: PIP_NO_INDEX
    package(project)
    names = {path.name for path in (project / "out" / "dependencies").iterdir()}
    assert all(len(name.partition(".")[0]) == wanted.KEY_LENGTH for name in names)


def test_names_that_only_differ_in_case_are_refused_wherever_they_come_from(project, wheels):
    wheel(wheels, "tea", files={"tea/A.py": "", "tea/a.py": "", "App.py": ""})
    require(project, "tea\n")
    with pytest.raises(UsageError, match=r"`app.py` and `App.py` differ only in case") as raised:
        package(project)
    assert raised.value.problems[0].fix == 'leave one out, e.g. exclude = ["App.py"]'
    with pytest.raises(UsageError, match=r"`tea/A.py` and `tea/a.py` differ only in case"):
        package(project, exclude=("App.py",))
    package(project, exclude=("App.py", "tea/A.py"))


def test_a_name_no_package_may_have_is_refused_in_a_dependency_too(project, wheels):
    wheel(wheels, "tea", files={"tea/__init__.py": "", "tea/back\\slash.txt": ""})
    require(project, "tea\n")
    with pytest.raises(UsageError, match="of a dependency can't be packaged"):
        package(project)
