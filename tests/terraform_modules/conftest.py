"""The real Terraform and provider on a copy of `terraform/`: an init would leave files behind."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from tests.terraform_modules.copied import LOCK_FILE, SOURCE, Folder

from apitool.terraform import binary, mirror
from apitool.terraform.environment import child_environment


@pytest.fixture(scope="session")
def terraform_tree(tmp_path_factory):
    """`folder("modules/table")`: that folder of the copy, with a data folder of its own."""
    work = tmp_path_factory.mktemp("terraform")
    tree = shutil.copytree(SOURCE, work / "tree", ignore=shutil.ignore_patterns(".terraform", "*.tfstate*"))
    program = binary.find(SOURCE.parent, os.environ).path
    configuration = _cli_configuration(work)

    def folder(path):
        data_folder = work / "data" / path
        return Folder(
            tree / path,
            program,
            child_environment(
                os.environ, {"AWS_REGION": None}, data_folder=data_folder, cli_config=configuration
            ),
        )

    return folder


def _cli_configuration(work):
    providers = mirror.locked(LOCK_FILE)
    source = mirror.find(providers, os.environ, Path.home())
    text = mirror.cli_configuration(source, providers)
    if text is None:
        return source.path
    file = work / "terraform.rc"
    file.write_text(text)
    return file
