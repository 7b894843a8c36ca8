"""A pytest plugin for authors of handlers: the fixture `api` calls them as API Gateway does.

    def test_an_order_is_read(api):
        answer = api.get("/orders/1", query={"full": "yes"})
        assert answer.status == 200
        assert answer.json()["orderId"] == "1"

The event is the exact one, the handler runs in this process, and what it returns is held to the response
contract: a return that API Gateway would answer with 502 fails the test and says why. See docs/testing.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.testing.client import Api
    from apitool.testing.handlers import Handlers


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("apitool_directory", "Folder of apitool.toml (default: at or above the rootdir).")
    parser.addini("apitool_stage", "Stage whose variables the fixture `api` uses (default: the default one).")


@pytest.fixture(scope="session")
def apitool_handlers() -> Iterator[Handlers]:
    """The handlers that were imported; once for a session, as once for an execution environment."""
    from apitool.testing.handlers import Handlers  # noqa: PLC0415 - every pytest run imports this file

    handlers = Handlers()
    yield handlers
    handlers.forget()


@pytest.fixture
def api(request: pytest.FixtureRequest, apitool_handlers: Handlers) -> Iterator[Api]:
    """The project's API at one stage, with the functions' environment in place while the test runs."""
    from apitool.project.load import load  # noqa: PLC0415 - pydantic
    from apitool.project.stages import stage_named  # noqa: PLC0415
    from apitool.testing.client import Api  # noqa: PLC0415
    from apitool.testing.environment import prepared  # noqa: PLC0415

    config = request.config
    project = load(config.rootpath / Path(str(config.getini("apitool_directory") or ""))).project
    stage = stage_named(project, str(config.getini("apitool_stage") or "") or None)
    with pytest.MonkeyPatch.context() as patch:
        yield Api(project, stage, apitool_handlers, lambda name: prepared(patch, project, stage, name))
