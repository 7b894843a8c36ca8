"""API key and usage plan, then the method's own throttling."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from apitool.proxy.admission.admitted import Admitted
from apitool.proxy.answer import Answer, refused
from apitool.proxy.unserved import throttled
from apitool.proxy.usage.key_check import KeyCheck, check_key, missing_key, sent_key
from apitool.proxy.usage.plans import Limit
from apitool.proxy.usage.usage_lines import excess_lines, served_lines, throttled_lines, wrong_key_lines

if TYPE_CHECKING:
    from apitool.proxy.execution_log import Journal
    from apitool.proxy.gates import Gates
    from apitool.proxy.passage import Passage
    from apitool.proxy.routing import Match
    from apitool.proxy.usage.key_check import Refusal


def admit_key_and_rate(
    passage: Passage, route: Match, gates: Gates, journal: Journal, *, now_ms: int
) -> Answer | Admitted:
    check = _key_check(passage, route, gates, now_ms)
    passage = passage if check.caller is passage.caller else passage.called_by(check.caller)
    if check.refusal is not None:
        return _refused(passage, route, check.sent, check.refusal, journal, now_ms=now_ms)
    settings = passage.settings
    if gates.throttle is not None and settings.rate is not None and settings.burst is not None:
        limit = Limit(settings.rate, settings.burst)
        bucket = f"{passage.request.method} {route.resource.path}"
        if not gates.throttle.admit(bucket, rate=limit.rate, burst=limit.burst, now_ms=now_ms):
            journal = journal.started(throttled_lines, passage, route, check.sent, limit)
            return throttled(passage, journal, now_ms=now_ms)
    return Admitted(passage, journal.then(served_lines, passage, route, check.sent))


def _refused(
    passage: Passage, route: Match, sent: str, refusal: Refusal, journal: Journal, *, now_ms: int
) -> Answer:
    if refusal.excess is None:
        journal = journal.then(wrong_key_lines, passage, route, sent)
    else:
        journal = journal.started(excess_lines, passage, route, sent, refusal.excess)
    return refused(passage, refusal.response_type, (refusal.finding,), journal, now_ms=now_ms)


def _key_check(passage: Passage, route: Match, gates: Gates, now_ms: int) -> KeyCheck:
    """Without a meter nobody knows any keys: only a missing one is refused."""
    if gates.usage is not None:
        return check_key(passage, route, gates.usage, now_ms)
    sent, caller = sent_key(passage), passage.caller
    if not sent:
        return KeyCheck(caller, "", missing_key() if route.method.api_key_required else None)
    known = caller if caller.api_key is not None else replace(caller, api_key=sent)
    return KeyCheck(known, sent)
