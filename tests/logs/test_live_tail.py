"""Live Tail against the embedded AWS: boto3's own event stream, pushed from the moment it begins."""

from __future__ import annotations

import time

import pytest

from apitool.aws.account import Account
from apitool.aws.live_tail import LiveTail
from apitool.errors import ApitoolError
from apitool.local import service

pytestmark = pytest.mark.embedded


@pytest.fixture(scope="module")
def account(tmp_path_factory):
    project = tmp_path_factory.mktemp("live-tail")
    endpoint = service.ensure(project, region="eu-central-1")
    yield Account(endpoint.region, environment=endpoint.environment())
    service.stop(project)


@pytest.fixture
def group(account, request):
    name = f"/test/{request.node.name}"
    logs = account.client("logs")
    logs.create_log_group(logGroupName=name)
    logs.create_log_stream(logGroupName=name, logStreamName="one")
    return name


def write(account, group, *messages):
    at = time.time_ns() // 1_000_000
    events = [{"timestamp": at, "message": each} for each in messages]
    account.client("logs").put_log_events(logGroupName=group, logStreamName="one", logEvents=events)


@pytest.fixture
def listen(account):
    begun = []

    def started(*groups):
        tail = LiveTail(account, groups)
        begun.append(tail)
        tail.start()
        return tail

    yield started
    for tail in begun:
        tail.end()


def heard(tail, count):
    found = []
    deadline = time.monotonic() + 30
    while len(found) < count and time.monotonic() < deadline:
        found += tail.news()
        time.sleep(0.02)
    return found


def test_events_are_pushed_in_order_and_none_from_before(account, group, listen):
    write(account, group, "before")
    tail = listen(group)
    write(account, group, "one", "two")
    write(account, group, "drei ü")
    events = heard(tail, 3)
    assert [(name, event.stream, event.message) for name, event in events] == [
        (group, "one", "one"),
        (group, "one", "two"),
        (group, "one", "drei ü"),
    ]
    assert len({event.id for _, event in events}) == 3
    assert not list(tail.news())


def test_a_group_that_does_not_exist_is_named_and_the_others_are_heard(account, group, listen):
    tail = listen("/test/nothing", group)
    assert tail.missing == ["/test/nothing"]
    write(account, group, "here")
    assert [event.message for _, event in heard(tail, 1)] == ["here"]


def test_without_any_group_there_is_nothing_to_hear(listen):
    tail = listen("/test/nothing")
    assert not list(tail.news())


def test_a_session_that_breaks_off_is_said_to_who_asks_for_news(group, listen, monkeypatch):
    def break_off(_self):
        raise ConnectionError("gone")

    monkeypatch.setattr(LiveTail, "_hear", break_off)
    tail = listen(group)
    with pytest.raises((ApitoolError, ConnectionError)):
        heard(tail, 1)
