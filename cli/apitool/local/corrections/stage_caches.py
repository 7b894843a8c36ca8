"""FlushStageCache and FlushStageAuthorizersCache: what a stage has kept of answers is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from moto.apigateway.responses import APIGatewayResponse
from moto.apigateway.urls import url_paths

from apitool.local.corrections.correction import Correction

if TYPE_CHECKING:
    from collections.abc import Callable

_STAGE = "{0}/restapis/(?P<function_id>[^/]+)/stages/(?P<stage_name>[^/]+)"
for _kept in ("authorizers", "data"):  # moto does not know the paths at all
    url_paths.setdefault(f"{_STAGE}/cache/{_kept}/?$", APIGatewayResponse.dispatch)


class Flush(Protocol):
    """Forgets the answers kept for a stage of an API."""

    def __call__(self, api_id: str, stage: str) -> None: ...


def corrections(*, answers: Flush, authorizers: Flush) -> tuple[Correction, ...]:
    """`answers` are those of integrations, `authorizers` theirs."""
    return (
        _flushing("flush_stage_cache", answers, "moto has no FlushStageCache"),
        _flushing("flush_stage_authorizers_cache", authorizers, "moto has no FlushStageAuthorizersCache"),
    )


def _flushing(operation: str, flush: Flush, reason: str) -> Correction:
    def flushed(
        _original: Callable[..., Any] | None, response: APIGatewayResponse
    ) -> tuple[int, dict[str, str], str]:
        _, _, api_id, _, stage, *_ = response.path.split("/")
        response.backend.get_stage(api_id, stage)  # moto raises AWS's 404 for one that is not there
        flush(api_id, stage)
        return 202, {"status": "202"}, ""

    return Correction(APIGatewayResponse, operation, reason, flushed)
