"""Where a stage answers: at execute-api, under its domain when that is closed, here when it is embedded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.stage.target import Target


def of(target: Target, outputs: Mapping[str, Any]) -> str:
    """The URL without trailing slash; `outputs` are those of the root module."""
    custom: str | None = outputs.get("custom_url")
    if target.embedded or custom is None or not target.stage.endpoint.disabled:
        return target.url(outputs["url"])
    return custom


def reachable(target: Target) -> bool:
    """Whether a request from here can get there: a private endpoint answers inside its VPC only."""
    return target.embedded or target.stage.endpoint.type != "private"
