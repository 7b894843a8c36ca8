"""What a stage does with its methods, as variables of the `api` root module (variables_stage.tf)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apitool.project.model import RouteSettings, Stage

Variables = dict[str, object]


def stage_settings(stage: Stage) -> Variables:
    """All but log levels, which are set by UpdateStage: an entry is made for them all the same."""
    return {
        "throttle": stage.throttle.model_dump() if stage.throttle else None,
        "cache": stage.cache.model_dump() if stage.cache else None,
        "metrics": stage.metrics,
        "route_settings": {key: _route(settings) for key, settings in stage.routes.items()},
    }


def _route(settings: RouteSettings) -> Variables:
    return {
        "throttle": settings.throttle.model_dump() if settings.throttle else None,
        "metrics": settings.metrics,
        "cache": settings.cache,
        "cache_ttl": settings.cache_ttl,
    }
