"""A request that was let in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apitool.proxy.execution_log import Journal
    from apitool.proxy.passage import Passage


@dataclass(frozen=True, slots=True)
class Admitted:
    passage: Passage  # with the caller that was found out
    journal: Journal
