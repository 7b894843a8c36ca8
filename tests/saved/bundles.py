"""A bundle made of next to nothing."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from apitool.stage.saved import bundle
from apitool.stage.saved.manifest import Facts, Manifest, SavedPackage
from apitool.terraform.plan_file import StateMark

if TYPE_CHECKING:
    from pathlib import Path

ZIP = b"the zip of orders"
DIGEST = hashlib.sha256(ZIP).hexdigest()
FACTS = Facts(
    target={"project": "orders", "stage": "prod", "account": "1", "region": "eu-central-1"},
    tools={"apitool": "0.1.0", "Terraform": "1.11.4", "aws provider": "5.100.0"},
    configuration={"routes": "1", "functions": "2", "Terraform modules": "3"},
    sources={"orders": "4"},
    state=StateMark("a-lineage", 7),
)
MANIFEST = Manifest(
    created=datetime(2026, 11, 22, 5, 0, tzinfo=UTC),
    facts=FACTS,
    packages={
        "orders": SavedPackage("orders-0123456789abcdef.zip", DIGEST),
        "big": SavedPackage("big-0123456789abcdef.zip", "ff" * 32, ("bucket", "key", "version")),
    },
    fingerprint="ab" * 32,
    fingerprint_key="cd" * 32,
)
MEMBERS = {
    bundle.PLAN: b"terraform's plan",
    bundle.DOCUMENT: b'{"format_version": "1.2"}',
    "packages/orders-0123456789abcdef.zip": ZIP,
}


def made(file: Path) -> Path:
    bundle.write(file, MANIFEST, MEMBERS)
    return file
