"""The folder of links that is /var/runtime here."""

import importlib.metadata
from concurrent.futures import ThreadPoolExecutor

import pytest

from apitool.errors import ApitoolError
from apitool.local.runtime import runtime_root as module
from apitool.local.runtime.runtime_root import best_client, runtime_root


def test_it_links_the_closures_and_nothing_else(tmp_path):
    root, _ = runtime_root(tmp_path, "awslambdaric")
    names = {path.name.partition("-")[0].partition(".")[0] for path in root.iterdir()}
    assert names == {
        "awslambdaric", "runtime_client", "simplejson", "snapshot_restore_py",
        "boto3", "botocore", "s3transfer", "jmespath", "dateutil", "python_dateutil", "six", "urllib3",
    }  # fmt: skip
    assert all(path.exists() for path in root.iterdir())


def test_it_is_made_once_and_named_by_what_it_holds(tmp_path):
    first = runtime_root(tmp_path, "builtin")
    assert runtime_root(tmp_path, "builtin") == first
    assert runtime_root(tmp_path, "awslambdaric")[0] != first[0]
    assert first[1].arn("eu-central-1").startswith("arn:aws:lambda:eu-central-1::runtime:")


def test_many_at_once_make_one_whole_folder(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        roots = set(pool.map(lambda _: runtime_root(tmp_path, "builtin")[0], range(16)))
    (root,) = roots
    assert [path.name for path in tmp_path.iterdir()] == [root.name]
    assert (root / "boto3" / "__init__.py").exists()


def test_the_builtin_client_is_chosen_where_awslambdaric_is_not_installed(monkeypatch):
    assert best_client() == "awslambdaric"

    def missing(name):
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(module.metadata, "distribution", missing)
    assert best_client() == "builtin"


def test_without_its_packages_the_runtime_says_what_to_install(monkeypatch, tmp_path):
    def missing(name):
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(module.metadata, "distribution", missing)
    with pytest.raises(ApitoolError, match="`boto3`, which is not installed") as caught:
        runtime_root(tmp_path, "builtin")
    assert caught.value.problems[0].fix == "pip install 'apitool[local]'"


def test_a_cache_that_can_not_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ApitoolError, match="can not write its cache"):
        runtime_root(tmp_path / "file", "builtin")
