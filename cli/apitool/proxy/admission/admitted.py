"""A request that was let in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.frozen import frozen

if TYPE_CHECKING:
    from apitool.proxy.execution_log import Journal
    from apitool.proxy.passage import Passage


@frozen(slots=True)
class Admitted:
    passage: Passage  # with the caller that was found out
    journal: Journal
