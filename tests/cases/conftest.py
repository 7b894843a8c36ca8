"""Both shells, each started once for a file of tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.cases import shells

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[shells.EmbeddedShell]:
    with shells.embedded(tmp_path_factory.mktemp("embedded")) as running:
        yield running


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[shells.ServeShell]:
    with shells.serve(tmp_path_factory.mktemp("serve")) as running:
        yield running


@pytest.fixture(scope="session", params=["embedded", "serve"])
def shell(request: pytest.FixtureRequest) -> shells.Shell:
    running: shells.Shell = request.getfixturevalue(request.param)
    return running
