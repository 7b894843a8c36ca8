from __future__ import annotations

import tomllib

import pytest
from tests.project.example import project_folder

from apitool.errors import ProjectError, UsageError
from apitool.project.find import SMALLEST, find, project_file
from apitool.project.load import load


def test_the_file_is_found_in_the_folder_and_in_the_folders_above(tmp_path):
    folder = project_folder(tmp_path)
    deep = folder / "src" / "orders" / "deep"
    deep.mkdir(parents=True)
    assert project_file(folder) == project_file(deep) == folder / "apitool.toml"
    assert load(deep).project.root == folder


def test_the_nearest_file_wins(tmp_path):
    project_folder(tmp_path)
    inner = project_folder(tmp_path / "inner")
    assert project_file(inner / "src") == inner / "apitool.toml"


def test_a_file_can_be_named_and_may_be_called_otherwise(tmp_path, monkeypatch):
    folder = project_folder(tmp_path)
    other = (folder / "apitool.toml").rename(folder / "other.toml")
    monkeypatch.chdir(folder)
    assert load(other).project.file == other
    assert load(other.relative_to(folder)).project.root == folder


def test_a_linked_file_belongs_to_the_folder_of_the_link(tmp_path):
    real = project_folder(tmp_path / "real")
    folder = project_folder(tmp_path / "linked")
    (folder / "apitool.toml").unlink()
    (folder / "apitool.toml").symlink_to(real / "apitool.toml")
    assert load(folder).project.root == folder


def test_without_a_file_the_smallest_one_is_shown_and_it_works(tmp_path):
    (tmp_path / ".git").mkdir()
    with pytest.raises(UsageError) as error:
        load(tmp_path)
    problem = error.value.problems[0]
    assert problem.what == "no apitool.toml in this folder or above it"
    assert problem.seen == str(tmp_path)
    assert problem.fix is not None
    shown = problem.fix.split("the smallest is\n")[1]
    assert tomllib.loads(shown) == tomllib.loads(SMALLEST)
    assert load(project_folder(tmp_path, shown)).warnings == ()
    assert find(tmp_path) == tmp_path / "apitool.toml"


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageError, match="no such file or folder"):
        load(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["x" * 5_000, "nul\0", "apitool.toml/below"])
def test_a_name_no_file_can_have_is_refused(name, tmp_path):
    with pytest.raises(UsageError):
        load(project_folder(tmp_path) / name)


def test_a_folder_in_place_of_the_file_is_refused(tmp_path):
    (tmp_path / "apitool.toml").mkdir()
    with pytest.raises(ProjectError, match="not a regular file"):
        load(tmp_path)
