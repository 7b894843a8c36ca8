"""One root that uses every example of every module: validated and planned at the price of one."""

from __future__ import annotations

import json
import os
import re
import shutil
from typing import TYPE_CHECKING, Any

from tests.terraform_modules.copied import LOCK_FILE, SOURCE

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = {
    f"{folder.parents[1].name}-{folder.name}": folder.relative_to(SOURCE)
    for folder in sorted(SOURCE.glob("modules/*/examples/*"))
}
PLANTED = "aws_iam_role_policy.planted"

_KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
_LOAD_BALANCER = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/a/0a1b2c3d4e5f6071"
_WEB_ACL = "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/a/1234abcd-12ab-34cd-56ef-1234567890ab"
_INPUTS: dict[str, Any] = {
    "certificate_arn": "arn:aws:acm:eu-central-1:123456789012:certificate/1234abcd",
    "keys": {"environment": _KEY, "logs": _KEY},
    "load_balancer_arn": _LOAD_BALANCER,
    # Any file will do for a package; this one is always there.
    "package": {
        "file": "${path.module}/main.tf.json",
        "sha256": '${filebase64sha256("${path.module}/main.tf.json")}',
    },
    "queue": {"arn": "arn:aws:sqs:eu-central-1:123456789012:messages", "path": "123456789012/messages"},
    "vpc": {"subnet_ids": ["subnet-0a"], "security_group_ids": ["sg-0a"], "endpoint_id": "vpce-0a"},
    "web_acl_arn": _WEB_ACL,
    "zone_id": "Z0123456789",
}
_ANYTHING = """\
resource "aws_iam_role_policy" "planted" {
  name   = "planted"
  role   = "somebodys"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}
"""


def write(root: Path, tree: Path) -> None:
    """A root in `root` of every example in the copy `tree`, and what no scan may let pass."""
    root.mkdir()
    shutil.copy(LOCK_FILE, root)
    modules = {name: _call(tree / folder, root) for name, folder in EXAMPLES.items()}
    (root / "main.tf.json").write_text(json.dumps({"module": modules}))
    plant(root)


def plant(folder: Path) -> None:
    """Put the resource PLANTED there."""
    (folder / "planted.tf").write_text(_ANYTHING)


def _call(example: Path, root: Path) -> dict[str, Any]:
    text = (example / "main.tf").read_text()
    declared = re.findall(r'^variable "(\w+)" \{\n(.*?)^\}', text, re.MULTILINE | re.DOTALL)
    wanted = [name for name, block in declared if "\n  default " not in f"\n{block}"]
    source = os.path.relpath(example, root)
    return {"source": source, **{name: _INPUTS[name] for name in wanted}}
