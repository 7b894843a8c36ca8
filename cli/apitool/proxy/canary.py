"""Who of a stage's traffic is served by its canary: a decision with the chance passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apitool.proxy.method_settings import StageSettings
    from apitool.proxy.stage import DeployedStage


def chosen(deployed: DeployedStage, canary: DeployedStage | None, draw: float) -> DeployedStage:
    """The deployment that serves a request.

    Args:
        deployed: the stage's own deployment; its settings carry the percentage.
        canary: the canary's, made with `serves_canary`; None where there is none.
        draw: from 0 up to, not including, 1; a random number, or any other for a repeatable choice.
    """
    return canary if canary is not None and draw * 100 < percent_of(deployed.settings) else deployed


def percent_of(settings: StageSettings) -> float:
    """`canarySettings/percentTraffic`; 0 without a canary."""
    percent = (settings.canary or {}).get("percentTraffic", 0.0)
    return float(percent) if isinstance(percent, (int, float)) else 0.0
