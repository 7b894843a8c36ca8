"""When something read from the control plane has to be read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")

_SERVICES = frozenset({"apigateway", "lambda"})  # nothing else shapes what the gateway serves


class Changes:
    """Counts writes to the control plane. A handler's own writes to its table must not count."""

    def __init__(self) -> None:
        self.generation = 0

    def noticed(self, service: str) -> None:
        """After every request that may have changed something, before its answer goes out."""
        if service in _SERVICES:
            self.generation += 1


class PerChange(Generic[T]):
    """What was worked out since the last change, by key."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._generation = -1
        self._known: dict[Hashable, T] = {}

    def known(self, key: Hashable) -> T | None:
        """Without looking for it."""
        return self._known.get(key) if self._changes.generation == self._generation else None

    def get(self, key: Hashable, find: Callable[[], T]) -> T:
        generation = self._changes.generation  # read first: a change while we look makes the find stale
        if generation != self._generation:
            self._generation, self._known = generation, {}
        if key not in self._known:
            self._known[key] = find()
        return self._known[key]
