"""checkov on Terraform's files and on a plan of them, and the skips that stand in the files.

checkov honours a skip in the files it reads; a plan has none, so the block a finding is about is looked up.
"""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHECKOV = Path(__file__).parents[2] / ".checkov" / "bin" / "checkov"
CONFIGURATION = Path(__file__).parents[2] / ".ci" / "checkov.yaml"
SKIP = re.compile(r"#checkov:skip=(\w+):(.*)$", re.MULTILINE)
_INDEX = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True)
class Scan:
    """What checkov says of one kind of input. A finding is a check's id and a resource's address."""

    passed: int
    unreadable: int
    failed: frozenset[tuple[str, str]]
    skipped: frozenset[tuple[str, str]]


def scan(framework: str, *arguments: str) -> Scan:
    """checkov exits with 1 when it finds something; what it found is in its report."""
    assert CHECKOV.exists(), "checkov is not installed: make setup-tests"
    done = subprocess.run(
        [CHECKOV, "--config-file", CONFIGURATION, "--framework", framework, *arguments, "--output", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr
    report = json.loads(done.stdout)
    return Scan(
        passed=report["summary"]["passed"],
        unreadable=report["summary"]["parsing_errors"],
        failed=_findings(report["results"]["failed_checks"]),
        skipped=_findings(report["results"]["skipped_checks"]),
    )


def _findings(checks: list[dict[str, Any]]) -> frozenset[tuple[str, str]]:
    return frozenset((check["check_id"], check["resource"]) for check in checks)


def not_skipped(scanned: Scan, plan: dict[str, Any], root: Path) -> set[tuple[str, str]]:
    """The findings of a plan of `root` whose resource's block says no reason to skip the check."""
    return {
        (check, address)
        for check, address in scanned.failed
        if check not in _skips(plan["configuration"]["root_module"], root, _INDEX.sub("", address).split("."))
    }


def _skips(module: dict[str, Any], folder: Path, address: list[str]) -> set[str]:
    """The checks skipped in the block that makes a resource: `module.a.module.b.aws_iam_role.this`."""
    while address[0] == "module":
        call = module["module_calls"][address[1]]
        module, folder, address = call["module"], folder / call["source"], address[2:]
    kind, name = address
    text = "\n".join(file.read_text() for file in folder.glob("*.tf"))
    block = re.search(rf'^resource "{kind}" "{name}" \{{\n(.*?)^\}}', text, re.MULTILINE | re.DOTALL)
    return {check for check, _ in SKIP.findall(block[1])} if block else set()
