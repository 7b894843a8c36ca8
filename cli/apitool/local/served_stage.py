"""A stage as the gateway finds it: its deployment and, with some of the traffic, its canary's."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apitool.proxy.stage import DeployedStage
    from apitool.proxy.throttle import Throttle


@dataclass(frozen=True, slots=True)
class ServedStage:
    """`execution_log` is False where nothing may be logged: the account has no CloudWatch role."""

    deployed: DeployedStage
    throttle: Throttle
    canary: DeployedStage | None = None
    canary_percent: float = 0.0
    execution_log: bool = True

    def pick(self) -> DeployedStage:
        """Whose turn it is."""
        if self.canary is not None and random.random() * 100 < self.canary_percent:  # noqa: S311 - traffic, no secret
            return self.canary
        return self.deployed
