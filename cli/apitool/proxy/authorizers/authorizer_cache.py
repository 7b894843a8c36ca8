"""Answers of Lambda authorizers, kept for their time to live. The time is passed in.

Recorded by stackd (rest_lambda_authorizers): the key is the authorizer and its identity values, not the
method; allowing and denying answers are kept, "Unauthorized" and invalid ones are not; a kept policy is asked
again for every method.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apitool.proxy.authorizers.authorizer import Authorizer
    from apitool.proxy.authorizers.authorizer_output import Grant

_MOST_ENTRIES = 10_000  # ours: a client can send any token, and a process must not grow with them
_Key = tuple[str, tuple[str, ...]]


class AuthorizerCache:
    """One for a stage. The oldest answers go first when there are too many."""

    def __init__(self) -> None:
        self._kept: dict[_Key, tuple[int, Grant]] = {}

    def find(self, authorizer: Authorizer, values: tuple[str, ...], now_ms: int) -> Grant | None:
        key = (authorizer.id, values)
        expires_ms, grant = self._kept.get(key, (0, None))
        if grant is not None and now_ms >= expires_ms:
            del self._kept[key]
            return None
        return grant

    def keep(self, authorizer: Authorizer, values: tuple[str, ...], grant: Grant, now_ms: int) -> None:
        """Nothing is kept without identity values: every request would share one answer."""
        if authorizer.ttl_s <= 0 or not values:
            return
        self._kept.pop((authorizer.id, values), None)
        self._kept[authorizer.id, values] = (now_ms + authorizer.ttl_s * 1000, grant)
        while len(self._kept) > _MOST_ENTRIES:
            del self._kept[next(iter(self._kept))]

    def flush(self) -> None:
        """FlushStageAuthorizersCache."""
        self._kept.clear()
