from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from apitool.errors import LockedError
from apitool.local import folder
from apitool.local.folder import Folder

if TYPE_CHECKING:
    from pathlib import Path


def test_only_one_at_a_time_holds_the_lock(tmp_path: Path) -> None:
    inside: list[int] = []

    def hold(number: int) -> None:
        with Folder.of(tmp_path).locked():
            inside.append(number)
            assert inside == [number]
            inside.remove(number)

    threads = [threading.Thread(target=hold, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert inside == []


def test_a_lock_that_is_not_released_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "_LOCK_PATIENCE", 0.1)
    with (
        Folder.of(tmp_path).locked(),
        pytest.raises(LockedError, match="starting or stopping"),
        Folder.of(tmp_path).locked(),
    ):
        pytest.fail("held twice")
