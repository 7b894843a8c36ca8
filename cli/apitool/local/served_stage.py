"""A stage as the gateway finds it: its deployment, its canary's, and its gates."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apitool.proxy.canary import chosen
from apitool.proxy.gates import Gates

if TYPE_CHECKING:
    from apitool.proxy.stage import DeployedStage


@dataclass(frozen=True, slots=True)
class ServedStage:
    """`execution_log` is False where nothing may be logged: the account has no CloudWatch role."""

    deployed: DeployedStage
    gates: Gates = field(default_factory=Gates)
    canary: DeployedStage | None = None
    execution_log: bool = True

    def pick(self) -> DeployedStage:
        """Whose turn it is."""
        return chosen(self.deployed, self.canary, random.random())  # noqa: S311 - traffic, no secret
