"""What lets requests into a stage, beside its deployment: kept from one request to the next by the caller."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apitool.proxy.authorizers.authorizer_cache import AuthorizerCache

if TYPE_CHECKING:
    from apitool.proxy.response_cache import ResponseCache
    from apitool.proxy.throttle import Throttle
    from apitool.proxy.usage.meter import UsageMeter


@dataclass(frozen=True, slots=True)
class Gates:
    """One set for a stage. Without a throttle nothing is throttled, without a meter any API key will do, and
    without a cache (not an empty one) authorizers are not asked at all; without `answers` every request goes
    to its integration.
    """

    throttle: Throttle | None = None
    usage: UsageMeter | None = None
    authorizers: AuthorizerCache | None = field(default_factory=AuthorizerCache)
    answers: ResponseCache | None = None
