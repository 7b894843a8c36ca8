"""One request on its way through a stage: what every later step reads, worked out once and when asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from apitool.proxy.caller import ANONYMOUS, Caller
from apitool.proxy.context import caller_context, request_context
from apitool.proxy.event_headers import event_headers
from apitool.proxy.frozen import frozen
from apitool.proxy.mapped_values import Sources
from apitool.proxy.media import request_is_binary
from apitool.proxy.once import once
from apitool.proxy.tracing import Trace, trace_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.proxy.method_settings import EffectiveSettings
    from apitool.proxy.request import Headers, Ids, Request
    from apitool.proxy.response_cache import Slot
    from apitool.proxy.routing import Match, StagePath
    from apitool.proxy.stage import DeployedStage
    from apitool.proxy.verdict import Finding


@frozen()
class Passage:
    """`route` is None while, or because, nothing matched."""

    stage: DeployedStage
    request: Request
    ids: Ids
    path: StagePath
    route: Match | None = None
    caller: Caller = ANONYMOUS
    findings: tuple[Finding, ...] = ()  # about letting it in; they join those of the answer
    slot: Slot | None = None  # of the stage's cache, for the integration's answer

    @once
    def settings(self) -> EffectiveSettings:
        resource = self.route.resource.path if self.route else None
        return self.stage.settings_for(resource, self.request.method)

    @once
    def trace(self) -> Trace:
        return trace_of(self.request, self.ids)

    @once
    def binary_body(self) -> bool:
        """Whether the request's body is bytes, by the API's binaryMediaTypes."""
        return request_is_binary(self.request.header("Content-Type"), self.stage.api.binary_media_types)

    @once
    def headers(self) -> Headers:
        """The request's headers as templates, mappings and the log see them: those of the event."""
        _, seen = event_headers(self.stage, self.request, self.ids, trace=self.trace.event_value)
        return tuple((name, value) for name, values in seen.items() for value in values)

    @once
    def context(self) -> dict[str, str]:
        """`$context` variables known from the request and its caller."""
        known = request_context(
            self.stage, self.request, self.ids, self.route, context_path=self.path.context_path
        )
        return {**known, **caller_context(self.caller)}

    @property
    def path_parameters(self) -> dict[str, str]:
        return self.route.path_parameters if self.route else {}

    @property
    def asked_arn(self) -> str:
        """The ARN of what was asked for, as policies see it: verb and path of the request (recorded)."""
        return self.stage.method_arn(self.request.method, self.path.path)

    @property
    def method_arn(self) -> str:
        """The ARN of the method that serves it, as a function's permission sees it: `…/GET/orders/{id}`.

        A method for any verb is `…/ANY/…` (`X-Amz-Source-Arn` in a public log of 2017).
        """
        if self.route is None:
            return self.asked_arn
        return self.stage.method_arn(self.route.method.verb, self.route.resource.path)

    def sources(self, more: Mapping[str, str]) -> Sources:
        """What mapping expressions and templates may refer to; `more` is further context."""
        context = {**self.context, **more}
        return Sources(self.request, self.headers, self.path_parameters, context, self.stage.variables)

    def kept_in(self, slot: Slot) -> Passage:
        return replace(self, slot=slot)

    def called_by(self, caller: Caller) -> Passage:
        return replace(self, caller=caller)
