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
    """What was worked out since the last change, by key. From any thread."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._since: tuple[int, dict[Hashable, T]] = (-1, {})  # one object: nobody sees half of a change

    def known(self, key: Hashable) -> T | None:
        """Without looking for it."""
        generation, known = self._since
        return known.get(key) if self._changes.generation == generation else None

    def get(self, key: Hashable, find: Callable[[], T]) -> T:
        """A change while we look makes the find stale: it is kept with what was known before the change."""
        generation, known = self._since
        if generation != self._changes.generation:
            generation, known = self._since = self._changes.generation, {}
        if key not in known:
            known[key] = find()
        return known[key]
