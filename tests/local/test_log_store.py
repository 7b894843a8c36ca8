from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from moto import mock_aws
from moto.logs.models import logs_backends

from apitool.local import log_store
from apitool.local.log_store import MotoLogStore
from apitool.local.log_writer import LogEvent, LogTarget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from moto.logs.models import LogGroup

REGION = "eu-central-1"


@pytest.fixture(autouse=True)
def fresh_aws() -> Iterator[None]:
    with mock_aws():
        yield


def groups() -> dict[str, LogGroup]:
    return logs_backends["123456789012"][REGION].groups


def event(message: str, stream: str = "s", group: str = "g", *, made_by_aws: bool = True) -> LogEvent:
    return LogEvent(LogTarget(REGION, group, stream, made_by_aws), 1_700_000_000_000, message)


def messages(group: str, stream: str) -> list[str]:
    return [each.message for each in groups()[group].streams[stream].events]


def test_a_group_that_aws_makes_is_made_and_any_other_is_not() -> None:
    MotoLogStore().write([event("a"), event("b", group="users", made_by_aws=False)])
    assert list(groups()) == ["g"]
    assert messages("g", "s") == ["a"]


def test_events_keep_their_order_within_their_streams() -> None:
    MotoLogStore().write([event("1"), event("2"), event("x", "t"), event("3")])
    assert messages("g", "s") == ["1", "2", "3"]
    assert messages("g", "t") == ["x"]


def test_a_stream_that_grows_without_end_loses_its_oldest_half(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_store, "_MOST_EVENTS", 4)
    MotoLogStore().write([event(str(number)) for number in range(5)])
    assert messages("g", "s") == ["2", "3", "4"]


def test_streams_without_end_lose_the_oldest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_store, "_MOST_STREAMS", 2)
    MotoLogStore().write([event("x", stream) for stream in ("a", "b", "c")])
    assert list(groups()["g"].streams) == ["b", "c"]
