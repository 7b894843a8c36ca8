"""Which old packages go, and which stay whatever their age."""

from __future__ import annotations

import os
import time

import pytest
from tests.package.projects import write

from apitool.package import pruning, publication, unchanged

OLD = time.time() - 100_000


def put(folder, name, age_rank=0):
    write(folder, {name: "x"})
    os.utime(folder / name, (OLD + age_rank, OLD + age_rank))
    return folder / name


def package_name(function: str, number: int) -> str:
    return f"{function}-{number:016x}.zip"


@pytest.fixture
def out(tmp_path):
    for number in range(9):
        put(tmp_path / "out", package_name("orders", number), number)
        put(tmp_path / "out", package_name("orders-v2", number), number)
    return tmp_path / "out"


def names(out) -> set[str]:
    return {path.name for path in out.glob("*.zip")}


def test_the_last_few_of_each_function_stay(out):
    pruning.prune(out, [])
    assert names(out) == {
        package_name(function, number) for function in ("orders", "orders-v2") for number in range(4, 9)
    }


def test_what_variables_or_records_name_stays(out, tmp_path):
    write(tmp_path, {"variables.tfvars.json": f'{{"file": "/x/packages/{package_name("orders", 0)}"}}'})
    write(tmp_path, {"release.json": f"…{package_name('orders', 1)}…"})
    pruning.prune(
        out, [tmp_path / "variables.tfvars.json", tmp_path / "release.json", tmp_path / "gone.json"]
    )
    assert {package_name("orders", 0), package_name("orders", 1)} <= names(out)
    assert package_name("orders", 2) not in names(out)


def test_what_this_run_or_another_one_uses_stays(out):
    write(out / unchanged.FOLDER, {"used.json": package_name("orders", 0)})
    put(out / unchanged.FOLDER, "of-last-month.json")
    (out / unchanged.FOLDER / "of-last-month.json").write_text(package_name("orders", 1))
    os.utime(out / unchanged.FOLDER / "of-last-month.json", (OLD, OLD))
    pruning.prune(out, [], [package_name("orders", 2)])
    assert {package_name("orders", 0), package_name("orders", 2)} <= names(out)
    assert package_name("orders", 1) not in names(out)


def test_what_is_young_stays_for_a_build_elsewhere(out):
    for path in out.glob("*.zip"):
        os.utime(path)
    pruning.prune(out, [])
    assert len(names(out)) == 18


def test_files_that_are_not_ours_are_left_alone(out):
    for number in range(9):
        put(out, f"notes-{number}.zip", number)
    pruning.prune(out, [])
    assert len([name for name in names(out) if name.startswith("notes")]) == 9


def test_dependencies_go_as_a_whole_and_the_lock_only_when_nobody_holds_it(out):
    cache = out / "dependencies"
    for number in range(8):
        for suffix in ("zip", "json", "lock"):
            put(cache, f"{number}.{suffix}", number)
    with publication.alone(cache / "0.lock", lambda: None):
        pruning.prune(out, [])
    assert {path.name for path in cache.iterdir()} == {
        "0.lock", *(f"{number}.{suffix}" for number in range(3, 8) for suffix in ("zip", "json", "lock"))
    }  # fmt: skip


def test_what_killed_installations_left_goes_after_an_hour(out):
    cache = out / "dependencies"
    old, young = (cache / f"{publication.PREFIX}{name}" for name in ("old", "young"))
    for path in (old, young):
        put(path, "half.py", 0)
    os.utime(old, (time.time() - 3700,) * 2)
    os.utime(young)
    pruning.prune(out, [])
    assert (old.exists(), young.exists()) == (False, True)


def test_records_go_too(out):
    for number in range(40):
        put(out / unchanged.FOLDER, f"orders-{number}.json", number)
    pruning.prune(out, [])
    assert len(list((out / unchanged.FOLDER).iterdir())) == 15


def test_a_folder_that_is_not_there_is_nothing_to_prune(tmp_path):
    pruning.prune(tmp_path / "nothing", [])
