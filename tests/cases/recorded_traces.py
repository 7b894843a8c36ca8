"""The X-Amzn-Trace-Id of answers: LocalStack and stackd."""

from __future__ import annotations

from tests.cases.case import Api, Case, Sent, mock, operation, routes
from tests.cases.checks import event_of, sent

FULL = "Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1"
ROOT = "Root=1-3152b799-8954dae64eda91bc9a23a7e8"
TRACED = Api("traced", {**routes("ANY /{proxy+}"), "/mock": {"get": operation(mock())}})


def _traces() -> list[Case]:
    return [
        Case("trace: made", "R stackd", TRACED, Sent("GET /dev/x"), _trace_made),
        Case("trace: kept", "R LS", TRACED, Sent("GET /dev/x", (("x-amzn-trace-id", FULL),)), _trace_kept),
        Case(
            "trace: parent made",
            "R LS",
            TRACED,
            Sent("GET /dev/x", (("x-amzn-trace-id", ROOT),)),
            _parent_made,
        ),
        *(
            Case(
                f"trace: a mock sends none, {name}",
                "R LS",
                TRACED,
                Sent("GET /dev/mock", headers),
                sent(200, b"", without=("x-amzn-trace-id",)),
            )
            for name, headers in (("made", ()), ("sent", (("x-amzn-trace-id", FULL),)))
        ),
    ]


def _trace_made(answer) -> None:
    names = [part.partition("=")[0] for part in answer.header("X-Amzn-Trace-Id").split(";")]
    assert names == ["Root", "Parent", "Sampled", "Lineage"]
    assert answer.header("X-Amzn-Trace-Id").startswith(event_of(answer)["headers"]["X-Amzn-Trace-Id"])


def _trace_kept(answer) -> None:
    assert answer.header("X-Amzn-Trace-Id").startswith(FULL)
    assert answer.header("X-Amzn-Trace-Id").split(";")[1] == "Parent=7fa8c0f79203be72"


def _parent_made(answer) -> None:
    root, parent, *_ = answer.header("X-Amzn-Trace-Id").split(";")
    assert (root, parent.partition("=")[0], len(parent)) == (ROOT, "Parent", len("Parent=") + 16)


CASES = _traces()
