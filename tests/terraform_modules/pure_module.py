"""The module `rest_api` less its resources: real Terraform evaluates its body, and no provider starts."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.terraform_modules.copied import SOURCE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terraform_modules.copied import Folder

MODULE = SOURCE / "modules" / "rest_api"
_WITH_RESOURCES = re.compile(r'^(resource|data|output|terraform|provider) ?["{]', re.MULTILINE)
_ACCOUNT_AND_BODY = """\
locals {
  _account   = "123456789012"
  _partition = "aws"
  _region    = split(":", values(var.alias_arns)[0])[3]
}

output "body" {
  value = local.body
}

output "triggers" {
  value = local.deployment_triggers
}
"""


def pure_copy(target: Path) -> None:
    """The files of the module that have neither resource nor data source, and the body as an output."""
    target.mkdir(parents=True)
    for file in MODULE.glob("*.tf"):
        if not _WITH_RESOURCES.search(file.read_text()):
            shutil.copy(file, target)
    (target / "account.tf").write_text(_ACCOUNT_AND_BODY)


def bodies_of(folder: Folder, root: Path) -> dict[str, str]:
    """The output `bodies` of a root module in `root`, run with the Terraform of `folder`."""
    data = {"TF_DATA_DIR": str(root / ".terraform")}
    here = replace(folder, path=root, environment=folder.environment | data)
    for arguments in (("init", "-input=false"), ("apply", "-auto-approve", "-input=false", "-no-color")):
        done = here.terraform(*arguments)
        assert done.returncode == 0, done.stdout[-4000:]
    assert not list((root / ".terraform").glob("providers/*"))
    return dict(json.loads(here.terraform("output", "-json").stdout)["bodies"]["value"])
