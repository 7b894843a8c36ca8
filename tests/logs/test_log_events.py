"""Events of a group are read once each, to the last page, through throttling and before the group exists."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from botocore.exceptions import ClientError

from apitool.aws import log_events
from apitool.aws.log_events import GroupReader
from apitool.errors import ApitoolError


def refusal(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, "FilterLogEvents")


@dataclass
class FakeLogs:
    """FilterLogEvents over a list, two events a page; `refusals` come first."""

    events: list = field(default_factory=list)
    refusals: list = field(default_factory=list)
    asked: list = field(default_factory=list)

    def client(self, _service):
        return self

    def filter_log_events(self, **asked):
        self.asked.append(asked)
        if self.refusals:
            raise self.refusals.pop(0)
        inside = [
            each
            for each in self.events
            if asked["startTime"] <= each["timestamp"] <= asked.get("endTime", 10**15)
        ]
        start = int(asked.get("nextToken", 0))
        more = {"nextToken": str(start + 2)} if start + 2 < len(inside) else {}
        return {"events": inside[start : start + 2], **more}


def event(number: int, at_ms: int = 1_000) -> dict:
    return {"eventId": f"e{number}", "timestamp": at_ms, "logStreamName": "s", "message": f"line {number}"}


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(log_events.time, "sleep", lambda _seconds: None)


def test_every_page_is_read():
    reader = GroupReader(FakeLogs([event(number) for number in range(7)]), "g")
    assert [each.message for each in reader.between(0)] == [f"line {number}" for number in range(7)]


def test_lines_of_one_millisecond_come_once_and_late_ones_too():
    logs = FakeLogs([event(1), event(2)])
    reader = GroupReader(logs, "g")
    assert [each.id for each in reader.news(0)] == ["e1", "e2"]
    logs.events += [event(3), event(4, at_ms=500)]
    assert {each.id for each in reader.news(0)} == {"e3", "e4"}
    assert list(reader.news(0)) == []


def test_a_missing_group_is_empty_and_may_come_later():
    logs = FakeLogs([event(1)], [refusal("ResourceNotFoundException")])
    reader = GroupReader(logs, "g")
    assert list(reader.news(0)) == []
    assert reader.missing
    assert len(list(reader.news(0))) == 1
    assert not reader.missing


def test_throttling_is_waited_out():
    reader = GroupReader(FakeLogs([event(1)], [refusal("ThrottlingException")] * 4), "g")
    assert len(list(reader.between(0))) == 1


def test_lasting_throttling_is_an_error_that_says_so():
    reader = GroupReader(FakeLogs([], [refusal("ThrottlingException")] * 99), "g")
    with pytest.raises(ApitoolError, match="log group g"):
        list(reader.between(0))


def test_known_ids_are_forgotten_when_they_can_not_come_again():
    logs = FakeLogs([event(number, at_ms=number * 1_000) for number in range(500)])
    reader = GroupReader(logs, "g")
    assert len(list(reader.between(0))) == 500
    assert len(reader._seen) < 100


def test_a_text_is_looked_for_as_one_phrase():
    logs = FakeLogs()
    list(GroupReader(logs, "g").between(5, 9, "abc-1"))
    assert logs.asked == [{"logGroupName": "g", "startTime": 5, "endTime": 9, "filterPattern": '"abc-1"'}]
