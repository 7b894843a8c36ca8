"""A stage's cache of answers: what is kept, by what, for whom. The time is passed in.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html says: only GET methods
unless a method's own settings say otherwise, a TTL of 0 to 3600 s, at most 1,048,576 bytes an answer, keys of
declared parameters only, what `Cache-Control: max-age=0` does. Recorded is none of it. Ours, where nothing is
said: answers of 200 to 299 are kept, a new deployment or size starts empty, whoever signed may invalidate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.answer import Answer, answered, refused
from apitool.proxy.frozen import frozen
from apitool.proxy.log_lines import success_lines
from apitool.proxy.mapped_values import mapped_values
from apitool.proxy.verdict import Finding, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.proxy.api import Integration
    from apitool.proxy.execution_log import Journal
    from apitool.proxy.method_settings import CacheSettings
    from apitool.proxy.passage import Passage

MAX_ANSWER_BYTES = 1_048_576
WARNING = ("Warning", "199 Cache-control headers were ignored because the caller was unauthorized.")
_MOST_BYTES = 64 * 1024 * 1024  # ours: the process must not grow with what clients ask for
_SUCCESSES = range(200, 300)
_Key = tuple[str, ...]


class ResponseCache:
    """One for a stage. The oldest answers go first when there are too many."""

    def __init__(self) -> None:
        self._kept: dict[_Key, tuple[int, Verdict]] = {}
        self._bytes = 0

    def find(self, key: _Key, now_ms: int) -> Verdict | None:
        expires_ms, verdict = self._kept.get(key, (0, None))
        if verdict is not None and now_ms >= expires_ms:
            self._drop(key)
            return None
        return verdict

    def keep(self, key: _Key, verdict: Verdict, expires_ms: int) -> None:
        self._drop(key)
        self._kept[key] = (expires_ms, verdict)
        self._bytes += len(verdict.body)
        while self._bytes > _MOST_BYTES:
            self._drop(next(iter(self._kept)))

    def flush(self) -> None:
        """FlushStageCache."""
        self._kept.clear()
        self._bytes = 0

    def _drop(self, key: _Key) -> None:
        gone = self._kept.pop(key, None)
        self._bytes -= len(gone[1].body) if gone else 0


@frozen(slots=True)
class Slot:
    """Where the answer to a request is kept. `warning` is for who asked for a fresh one and may not."""

    cache: ResponseCache
    key: _Key
    ttl_ms: int
    warning: tuple[str, str] | None

    def keep(self, verdict: Verdict, now_ms: int) -> None:
        if verdict.status in _SUCCESSES and len(verdict.body) <= MAX_ANSWER_BYTES:
            self.cache.keep(self.key, verdict, now_ms + self.ttl_ms)


def from_cache(
    passage: Passage, integration: Integration, cache: ResponseCache, journal: Journal, *, now_ms: int
) -> Answer | Slot | None:
    """The answer that is kept, or the slot for the one still to come; None where nothing is cached."""
    settings = passage.settings.cache
    if settings is None or not _shared(passage):
        return None
    fresh = _wants_fresh(passage)
    refused_fresh = fresh and not _may_invalidate(passage, settings)
    if refused_fresh and settings.unauthorized == "FAIL_WITH_403":
        return refused(passage, "ACCESS_DENIED", (_NOT_FRESH,), journal, now_ms=now_ms)
    warns = refused_fresh and settings.unauthorized == "SUCCEED_WITH_RESPONSE_HEADER"
    slot = Slot(cache, tuple(_key(passage, integration)), settings.ttl_s * 1000, WARNING if warns else None)
    kept = None if fresh and not refused_fresh else cache.find(slot.key, now_ms)
    if kept is None:
        return slot
    journal = journal.then(success_lines, kept.status, kept.headers, kept.body, None)
    return answered(passage.kept_in(slot), kept, journal, now_ms=now_ms)


def _shared(passage: Passage) -> bool:
    """A canary only uses the stage's cache where it says so."""
    canary = passage.stage.settings.canary or {}
    return not passage.stage.serves_canary or bool(canary.get("useStageCache"))


def _wants_fresh(passage: Passage) -> bool:
    written = passage.request.header("Cache-Control") or ""
    return any(part.strip().lower() == "max-age=0" for part in written.split(","))


def _may_invalidate(passage: Passage, settings: CacheSettings) -> bool:
    signed = passage.route is not None and passage.route.method.authorization == "AWS_IAM"
    return signed or not settings.requires_authorization


def _key(passage: Passage, integration: Integration) -> Iterator[str]:
    stage, route = passage.stage, passage.route
    yield from (stage.deployment_id, stage.settings.cache_cluster_size or "", passage.request.method)
    yield route.resource.path if route else ""
    sources = passage.sources({})
    for parameter in integration.cache_key_parameters:
        expression = integration.request_parameters.get(parameter, parameter)
        values = mapped_values(expression, sources)
        yield from (str(len(values)), *values)


_NOT_FRESH = Finding(
    rule="cache.not-invalidated",
    what="The client asks for a fresh answer, and who may is said by execute-api:InvalidateCache",
    fix="Let it sign its requests, or let the stage ask for no authorization of Cache-Control",
    seen="Cache-Control: max-age=0",
    recorded=False,
)
