"""A stage as it is served: the snapshot of its deployment, the settings of the stage, and where it lives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from apitool.proxy.method_settings import StageSettings, effective
from apitool.proxy.once import once

if TYPE_CHECKING:
    from apitool.proxy.api import RestApi
    from apitool.proxy.method_settings import EffectiveSettings

EndpointType = Literal["EDGE", "REGIONAL", "PRIVATE"]
TEST_STAGE = "test-invoke-stage"  # what TestInvokeMethod runs in; no stage can be called so


@dataclass(frozen=True)
class DeployedStage:
    """`api` is what CreateDeployment snapshotted, not the RestApi as it stands now.

    A stage with a canary is served as two of these, the canary's with `serves_canary` and its own `api` and
    `deployment_id`; who gets which is decided outside.
    """

    name: str
    api: RestApi
    rest_api_id: str  # 10 lower-case letters and digits
    deployment_id: str  # 6 lower-case letters and digits
    account_id: str = "000000000000"
    region: str = "us-east-1"
    endpoint_type: EndpointType = "REGIONAL"
    settings: StageSettings = field(default_factory=StageSettings)
    domain: str | None = None  # default: {rest_api_id}.execute-api.{region}.amazonaws.com
    serves_canary: bool = False

    @once
    def domain_name(self) -> str:
        return self.domain or f"{self.rest_api_id}.execute-api.{self.region}.amazonaws.com"

    @once
    def domain_prefix(self) -> str:
        return self.domain_name.partition(".")[0]

    @once
    def variables(self) -> dict[str, str]:
        """Stage variables, with the canary's overrides on top when this is the canary."""
        overrides: dict[str, Any] = dict((self.settings.canary or {}).get("stageVariableOverrides") or {})
        return {**self.settings.variables, **(overrides if self.serves_canary else {})}

    @property
    def is_canary_request(self) -> bool | None:
        """`requestContext.isCanaryRequest`: None (no such key) on a stage without a canary."""
        return None if self.settings.canary is None else self.serves_canary

    @property
    def is_test(self) -> bool:
        """Whether this is TestInvokeMethod's, which no request from outside reaches."""
        return self.name == TEST_STAGE

    @once
    def execution_arn(self) -> str:
        """`arn:aws:execute-api:{region}:{account}:{api}`."""
        return f"arn:aws:execute-api:{self.region}:{self.account_id}:{self.rest_api_id}"

    def method_arn(self, verb: str, path: str) -> str:
        """`arn:aws:execute-api:{region}:{account}:{api}/{stage}/{VERB}/{path}`."""
        return f"{self.execution_arn}/{self.name}/{verb}{path}"

    def settings_for(self, resource: str | None, verb: str) -> EffectiveSettings:
        """What holds for a request to a method; worked out once for each."""
        key = (resource, verb)
        known = self._effective.get(key)
        if known is None:
            known = effective(self.settings, resource, verb)
            if resource is not None:  # verbs come from clients: only those of routes are kept
                self._effective[key] = known
        return known

    @once
    def _effective(self) -> dict[tuple[str | None, str], EffectiveSettings]:
        return {}
