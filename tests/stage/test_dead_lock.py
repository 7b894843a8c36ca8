"""A lock is taken away unasked only when it is certain that its holder is dead."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from apitool.stage.dead_lock import is_ours
from apitool.terraform.state_lock import StateLock

STARTED = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LOCK = StateLock("5cd9814f", "ann@build-7", "apply", "b/k", STARTED + timedelta(seconds=3))


def test_the_lock_of_the_terraform_that_was_killed_here_is_ours():
    assert is_ours(LOCK, STARTED, "build-7")


@pytest.mark.parametrize(
    "other",
    [
        replace(LOCK, who="ann@laptop"),
        replace(LOCK, created=STARTED - timedelta(minutes=1)),
        replace(LOCK, created=STARTED + timedelta(minutes=6)),
        replace(LOCK, created=None),
    ],
    ids=["another machine", "taken before", "taken much later", "no time"],
)
def test_any_other_lock_is_somebody_elses(other):
    assert not is_ours(other, STARTED, "build-7")
