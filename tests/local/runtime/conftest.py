"""Handlers written to a temporary folder, run by real workers: about 60 ms each."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest

from apitool.local.runtime import FunctionVersion, Runtime, RuntimeSettings
from apitool.proxy.outcome import FunctionError, Returned

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from pathlib import Path

    from apitool.local.runtime.log_stream import LogStream


@dataclass
class Log:
    """A sink that remembers."""

    events: list[tuple[str, str, int, str]] = field(default_factory=list)

    def __call__(self, stream: LogStream, at_ms: int, messages: Iterable[str]) -> None:
        self.events += [(stream.function.name, stream.name, at_ms, message) for message in messages]

    @property
    def messages(self) -> list[str]:
        return [message for *_, message in self.events]

    @property
    def streams(self) -> list[str]:
        return list(dict.fromkeys(stream for _, stream, *_ in self.events))

    def of(self, stream: str) -> list[str]:
        return [message for _, name, _, message in self.events if name == stream]

    def starting(self, word: str) -> list[str]:
        return [message for message in self.messages if message.startswith(word)]

    def between(self, request_id: str) -> list[str]:
        """What was logged between START and END of one request."""
        at = [i for i, m in enumerate(self.messages) if m.startswith(("START ", "END ")) and request_id in m]
        return self.messages[at[0] + 1 : at[1]]

    def between_json(self, request_id: str) -> list[str]:
        """The same in the JSON format, which has no END."""
        at = [i for i, m in enumerate(self.messages) if '"type":"platform.' in m and request_id in m]
        return self.messages[at[0] + 1 : at[1]]


class Lambda:
    """A runtime for one test: `invoke` one event, `invoke_all` one after another, or `run` a scenario."""

    def __init__(self, settings: RuntimeSettings, log: Log, code: Path) -> None:
        self.settings = settings
        self.log = log
        self._code = code

    def function(self, source: str, module: str = "app.py", **fields: Any) -> FunctionVersion:
        code = self._code / fields.get("name", "orders") / fields.get("version", "latest").strip("$")
        code.mkdir(parents=True, exist_ok=True)
        (code / module).write_text(source)
        known = {
            "name": "orders",
            "version": "$LATEST",
            "arn": "arn:aws:lambda:eu-central-1:000000000000:function:orders",
            "handler": "app.handler",
            "code": code,
            "memory_mb": 128,
            "timeout_s": 10,
            "environment": {},
            "region": "eu-central-1",
            "log_group": "/aws/lambda/orders",
        }
        return FunctionVersion(**(known | fields))

    def run(self, scenario: Callable[[Runtime], Awaitable[Any]], **settings: Any) -> Any:
        async def main() -> Any:
            async with Runtime(self.log, replace(self.settings, **settings)) as runtime:
                return await scenario(runtime)

        return asyncio.run(main())

    def invoke_all(self, function: FunctionVersion, *events: Any, **settings: Any) -> list[Any]:
        async def scenario(runtime: Runtime) -> list[Any]:
            return [await invoke(runtime, function, event) for event in events]

        return self.run(scenario, **settings)

    def invoke(self, function: FunctionVersion, event: Any = None, **settings: Any) -> Any:
        return self.invoke_all(function, event, **settings)[0]

    def value(self, function: FunctionVersion, event: Any = None, **settings: Any) -> Any:
        outcome = self.invoke(function, event, **settings)
        assert isinstance(outcome, Returned), outcome
        return json.loads(outcome.payload)

    def error(self, function: FunctionVersion, event: Any = None, **settings: Any) -> FunctionError:
        outcome = self.invoke(function, event, **settings)
        assert isinstance(outcome, FunctionError), outcome
        return outcome


async def invoke(runtime: Runtime, function: FunctionVersion, event: Any = None, **options: Any) -> Any:
    return await runtime.invoke(function, json.dumps(event).encode(), **{"trace_id": "Root=1-2-3"} | options)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture(params=["awslambdaric", "builtin"])
def aws(request: pytest.FixtureRequest, cache: Path, log: Log, tmp_path: Path) -> Lambda:
    """Every test with it runs with AWS's client and with our own."""
    return Lambda(RuntimeSettings(client=request.param, cache=cache), log, tmp_path)


@pytest.fixture
def one_aws(cache: Path, log: Log, tmp_path: Path) -> Lambda:
    """For what does not depend on the client in the worker."""
    return Lambda(RuntimeSettings(cache=cache), log, tmp_path)


@pytest.fixture
def invoking() -> Callable[..., Awaitable[Any]]:
    return invoke
