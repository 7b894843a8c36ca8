"""One request on its way through a stage: what every later step reads, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.proxy.context import request_context
from apitool.proxy.mapped_values import Sources
from apitool.proxy.method_settings import EffectiveSettings, effective
from apitool.proxy.tracing import Trace, trace_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.proxy.request import Ids, Request
    from apitool.proxy.routing import Match, StagePath
    from apitool.proxy.stage import DeployedStage


@dataclass(frozen=True, slots=True)
class Passage:
    """`route` is None while, or because, nothing matched."""

    stage: DeployedStage
    request: Request
    ids: Ids
    path: StagePath
    route: Match | None = None

    @property
    def settings(self) -> EffectiveSettings:
        resource = self.route.resource.path if self.route else None
        return effective(self.stage.settings, resource, self.request.method)

    @property
    def trace(self) -> Trace:
        return trace_of(self.request, self.ids)

    @property
    def context(self) -> dict[str, str]:
        """`$context` variables known from the request."""
        return request_context(
            self.stage, self.request, self.ids, self.route, context_path=self.path.context_path
        )

    def sources(self, more: Mapping[str, str]) -> Sources:
        """What mapping expressions and templates may refer to; `more` is further context."""
        parameters = self.route.path_parameters if self.route else {}
        return Sources(self.request, parameters, {**self.context, **more}, self.stage.variables)
