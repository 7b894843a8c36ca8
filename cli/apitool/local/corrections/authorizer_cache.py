"""FlushStageAuthorizersCache: what a stage has kept of its authorizers' answers is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from moto.apigateway.responses import APIGatewayResponse
from moto.apigateway.urls import url_paths

from apitool.local.corrections.correction import Correction

if TYPE_CHECKING:
    from collections.abc import Callable

_ROUTE = "{0}/restapis/(?P<function_id>[^/]+)/stages/(?P<stage_name>[^/]+)/cache/authorizers/?$"
url_paths.setdefault(_ROUTE, APIGatewayResponse.dispatch)  # moto does not know the path at all


class Flush(Protocol):
    """Forgets the answers kept for a stage of an API."""

    def __call__(self, api_id: str, stage: str) -> None: ...


def corrections(flush: Flush) -> tuple[Correction, ...]:
    def flushed(
        _original: Callable[..., Any] | None, response: APIGatewayResponse
    ) -> tuple[int, dict[str, str], str]:
        _, _, api_id, _, stage, *_ = response.path.split("/")
        response.backend.get_stage(api_id, stage)  # moto raises AWS's 404 for one that is not there
        flush(api_id, stage)
        return 202, {"status": "202"}, ""

    reason = "moto has no FlushStageAuthorizersCache"
    return (Correction(APIGatewayResponse, "flush_stage_authorizers_cache", reason, flushed),)
