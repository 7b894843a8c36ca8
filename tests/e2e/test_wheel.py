"""`pip install` of the built wheel works outside the repository: the Terraform comes along."""

from __future__ import annotations

import subprocess
import sys
import zipfile

import pytest
from tests.e2e.conftest import ROOT, new_project


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps", "--no-build-isolation", "-w", out, ROOT],
        check=True,
    )
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_holds_both_roots_their_modules_and_lock_files(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for root in ("api", "account"):
        assert f"apitool/_terraform/{root}/.terraform.lock.hcl" in names
        assert f"apitool/_terraform/{root}/versions.tf" in names
    assert "apitool/_terraform/modules/rest_api/openapi.tf" in names
    assert "apitool/py.typed" in names


def test_the_wheel_holds_no_tests_and_nothing_that_was_made_here(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert not [name for name in names if ".tftest.hcl" in name or ".terraform/" in name or "tfstate" in name]


@pytest.mark.terraform
@pytest.mark.embedded
def test_an_installed_wheel_plans_a_project_elsewhere(wheel, tmp_path):
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    project = new_project(tmp_path / "project")
    project.environment = {"PYTHONPATH": str(site)}
    try:
        assert "+ GET /orders → orders" in project("plan").stdout
        modules = project.folder / ".apitool/embedded/stages/dev" / "root" / "modules"
        assert modules.resolve().is_relative_to(site.resolve())
    finally:
        project("local", "stop")
