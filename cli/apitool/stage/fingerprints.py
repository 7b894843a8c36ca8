"""The fingerprint of a stage's plan, made with its state bucket's key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.aws import fingerprint_key
from apitool.errors import StaleError
from apitool.review import fingerprint
from apitool.stage import prepare

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.console import Console
    from apitool.stage.prepare import Planned
    from apitool.stage.target import Target


def of(target: Target, planned: Planned, packages: Mapping[str, str]) -> str:
    """`planned` with its JSON; `packages` digests in hex, by function."""
    key = fingerprint_key.ensure(target.account, target.state_bucket)
    return fingerprint.of(planned.document, packages, key)


def refuse_another(
    expected: str, target: Target, planned: Planned, packages: Mapping[str, str], console: Console
) -> None:
    """Raises StaleError, saying what would be changed now, when this is not the reviewed change."""
    seen = of(target, planned, packages)
    if seen == expected:
        return
    prepare.show(planned.changes, console)
    if fingerprint.of(planned.document, packages) == expected or _of_json(planned, expected):
        raise StaleError(
            "this fingerprint says nothing of secret values: it is of a plan's JSON",
            seen=f"{expected}",
            fix="take the one of `apitool plan`, of `apitool review` without a file, or of a bundle",
        )
    raise StaleError(
        "this is not the reviewed change: it would do what stands above",
        seen=f"fingerprint {seen}, expected {expected}",
        fix="review it as it is now: `apitool review`",
    )


def _of_json(planned: Planned, expected: str) -> bool:
    """A plan's JSON from a file is reviewed without its packages' digests."""
    return fingerprint.of(planned.document, {}) == expected
