from __future__ import annotations

from apitool.local.changes import Changes, PerChange


def test_what_was_found_is_kept_until_something_changes() -> None:
    changes, finds = Changes(), iter(range(9))
    kept: PerChange[int] = PerChange(changes)
    assert [kept.get("a", lambda: next(finds)) for _ in range(2)] == [0, 0]
    assert kept.get("b", lambda: next(finds)) == 1
    changes.noticed("apigateway")
    assert kept.known("a") is None
    assert kept.get("a", lambda: next(finds)) == 2
    assert kept.known("a") == 2


def test_a_handlers_own_writes_change_nothing_that_is_served() -> None:
    changes = Changes()
    changes.noticed("dynamodb")
    changes.noticed("s3")
    assert changes.generation == 0


def test_a_change_in_the_middle_of_a_find_makes_it_stale() -> None:
    changes = Changes()
    kept: PerChange[str] = PerChange(changes)

    def find() -> str:
        changes.noticed("lambda")
        return "old"

    assert kept.get("a", find) == "old"
    assert kept.get("a", lambda: "new") == "new"


def test_what_was_looked_for_before_a_change_is_not_known_after_it_whoever_looked_meanwhile() -> None:
    changes = Changes()
    kept: PerChange[str] = PerChange(changes)

    def find_slowly() -> str:
        changes.noticed("lambda")
        assert kept.get("b", lambda: "another's") == "another's"
        return "old"

    assert kept.get("a", find_slowly) == "old"
    assert kept.known("a") is None
    assert kept.known("b") == "another's"
