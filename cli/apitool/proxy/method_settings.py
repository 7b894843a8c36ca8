"""Settings of a stage, as GetStage shows them and as the data plane reads them.

Defaults of a new entry, and `loggingLevel` being absent until it is set, are recorded on AWS (2024 and 2026).
How patches change them is in `stage_patch.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

from jsonpointer import JsonPointer

if TYPE_CHECKING:
    from collections.abc import Mapping

LoggingLevel = Literal["OFF", "ERROR", "INFO"]
LOGGING_LEVELS: tuple[LoggingLevel, ...] = get_args(LoggingLevel)
WHOLE_STAGE = "*/*"
MAX_CACHE_TTL_S = 3_600
VERBS = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")  # ANY can't carry settings (measured)

FIELDS: Mapping[str, str] = {
    "metrics/enabled": "metricsEnabled",
    "logging/loglevel": "loggingLevel",
    "logging/dataTrace": "dataTraceEnabled",
    "throttling/burstLimit": "throttlingBurstLimit",
    "throttling/rateLimit": "throttlingRateLimit",
    "caching/enabled": "cachingEnabled",
    "caching/ttlInSeconds": "cacheTtlInSeconds",
    "caching/dataEncrypted": "cacheDataEncrypted",
    "caching/requireAuthorizationForCacheControl": "requireAuthorizationForCacheControl",
    "caching/unauthorizedCacheControlHeaderStrategy": "unauthorizedCacheControlHeaderStrategy",
}
"""The setting in a patch path -> its name in GetStage's `methodSettings`."""

DEFAULTS: Mapping[str, Any] = {
    "metricsEnabled": False,
    "dataTraceEnabled": False,
    "throttlingBurstLimit": 5000,  # requests
    "throttlingRateLimit": 10000.0,  # requests per second
    "cachingEnabled": False,
    "cacheTtlInSeconds": 300,
    "cacheDataEncrypted": False,
    "requireAuthorizationForCacheControl": True,
    "unauthorizedCacheControlHeaderStrategy": "SUCCEED_WITH_RESPONSE_HEADER",
}


@dataclass(frozen=True, slots=True)
class CacheSettings:
    """How a method's answers are kept. `unauthorized` is what a client gets that asks for a fresh answer and
    may not.
    """

    ttl_s: int
    requires_authorization: bool = True  # of `Cache-Control: max-age=0`
    unauthorized: str = "SUCCEED_WITH_RESPONSE_HEADER"  # or …_WITHOUT_RESPONSE_HEADER, FAIL_WITH_403


@dataclass(frozen=True, slots=True)
class EffectiveSettings:
    """What holds for one request. A rate or burst below zero, or None, is "no limit at this level"."""

    logging_level: LoggingLevel = "OFF"
    data_trace: bool = False
    metrics: bool = False
    rate: float | None = None  # requests per second
    burst: int | None = None  # requests
    cache: CacheSettings | None = None  # None where answers are not kept


@dataclass(frozen=True, slots=True)
class StageSettings:
    """A stage without its name: what UpdateStage can change.

    `method_settings` has AWS's own keys (`*/*`, `~1orders~1{orderId}/GET`) and AWS's own field names.
    `canary` is `canarySettings` as GetStage shows it, or None.
    """

    method_settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    access_log_destination: str | None = None  # ARN of a log group, without `:*`, or of a delivery stream
    access_log_format: str | None = None
    deployment_id: str | None = None
    canary: Mapping[str, Any] | None = None
    description: str | None = None
    tracing_enabled: bool = False
    cache_cluster_enabled: bool = False
    cache_cluster_size: str | None = None
    client_certificate_id: str | None = None
    documentation_version: str | None = None

    @property
    def has_access_log(self) -> bool:
        return bool(self.access_log_destination and self.access_log_format)


def from_stage(stage: Mapping[str, Any]) -> StageSettings:
    """GetStage's answer (boto3) -> settings. Unknown keys are left out."""
    access_log = stage.get("accessLogSettings") or {}
    return StageSettings(
        method_settings={key: dict(value) for key, value in (stage.get("methodSettings") or {}).items()},
        variables=dict(stage.get("variables") or {}),
        access_log_destination=access_log.get("destinationArn"),
        access_log_format=access_log.get("format"),
        deployment_id=stage.get("deploymentId"),
        canary=stage.get("canarySettings") or None,
        description=stage.get("description"),
        tracing_enabled=bool(stage.get("tracingEnabled")),
        cache_cluster_enabled=bool(stage.get("cacheClusterEnabled")),
        cache_cluster_size=stage.get("cacheClusterSize"),
        client_certificate_id=stage.get("clientCertificateId"),
        documentation_version=stage.get("documentationVersion"),
    )


def to_stage(settings: StageSettings) -> dict[str, Any]:
    """Settings -> the members of GetStage's answer that they make up. Absent is absent, as on AWS."""
    access_log = {
        "destinationArn": settings.access_log_destination,
        "format": settings.access_log_format,
    }
    members = {
        "deploymentId": settings.deployment_id,
        "description": settings.description,
        "cacheClusterEnabled": settings.cache_cluster_enabled,
        "cacheClusterSize": settings.cache_cluster_size,
        "clientCertificateId": settings.client_certificate_id,
        "documentationVersion": settings.documentation_version,
        "methodSettings": {key: dict(value) for key, value in settings.method_settings.items()},
        "variables": dict(settings.variables) or None,
        "accessLogSettings": {key: value for key, value in access_log.items() if value is not None} or None,
        "canarySettings": dict(settings.canary) if settings.canary else None,
        "tracingEnabled": settings.tracing_enabled,
    }
    return {key: value for key, value in members.items() if value is not None}


def method_key(resource: str = "*", verb: str = "*") -> str:
    """The key of `methodSettings` for a method: `~1orders~1{orderId}/GET`; without arguments `*/*`.

    Only slashes inside the resource path are escaped, by JSON pointer's rule, and the root is `~1`
    (recorded).

    Raises:
        ValueError: a wildcard on one side only, or a verb that can't carry settings (ANY); AWS refuses both.
    """
    if (resource, verb) == ("*", "*"):
        return WHOLE_STAGE
    if resource == "*" or verb not in VERBS:
        raise ValueError(f"No method setting for {verb} {resource}: use */* or a path and one of {VERBS}")
    pointer: str = JsonPointer.from_parts([resource, verb]).path
    return pointer.removeprefix("/")


def setting_path(resource: str = "*", verb: str = "*", setting: str = "logging/loglevel") -> str:
    """The patch path of one setting: `/*/*/logging/loglevel`, `/~1orders~1{orderId}/GET/logging/dataTrace`.

    Raises:
        ValueError: as `method_key`, or a setting AWS does not have.
    """
    if setting not in FIELDS:
        raise ValueError(f"No such setting: {setting}; known are {', '.join(FIELDS)}")
    return f"/{method_key(resource, verb)}/{setting}"


def new_entry(settings: StageSettings) -> dict[str, Any]:
    """What a key starts from: a copy of `*/*` as it stands now, else the defaults (recorded)."""
    return dict(settings.method_settings.get(WHOLE_STAGE, DEFAULTS))


def with_entry(settings: StageSettings, key: str, entry: Mapping[str, Any]) -> StageSettings:
    return replace(settings, method_settings={**settings.method_settings, key: entry})


def effective(settings: StageSettings, resource: str | None, verb: str) -> EffectiveSettings:
    """What holds for a request to a method: its own entry instead of `*/*`, not on top of it; else defaults.

    An entry under another spelling of the path has no effect, as on AWS (provider issue #9738).
    """
    own = method_key(resource, verb) if resource is not None and verb in VERBS else WHOLE_STAGE
    entry = settings.method_settings.get(own) or settings.method_settings.get(WHOLE_STAGE) or {}
    level = entry.get("loggingLevel")
    return EffectiveSettings(
        logging_level=level if level in LOGGING_LEVELS else "OFF",
        data_trace=bool(entry.get("dataTraceEnabled")),
        metrics=bool(entry.get("metricsEnabled")),
        rate=_limit(entry.get("throttlingRateLimit")),
        burst=_whole(_limit(entry.get("throttlingBurstLimit"))),
        cache=_cache(settings, entry, cacheable=verb == "GET" or own in settings.method_settings),
    )


def _cache(settings: StageSettings, entry: Mapping[str, Any], *, cacheable: bool) -> CacheSettings | None:
    """Only GET is kept by the stage's entry, another method by one of its own (documentation)."""
    merged = {**DEFAULTS, **entry}
    ttl = int(merged["cacheTtlInSeconds"])
    if not (settings.cache_cluster_enabled and cacheable and merged["cachingEnabled"] and ttl > 0):
        return None
    return CacheSettings(
        ttl_s=min(ttl, MAX_CACHE_TTL_S),
        requires_authorization=bool(merged["requireAuthorizationForCacheControl"]),
        unauthorized=str(merged["unauthorizedCacheControlHeaderStrategy"]),
    )


def _limit(value: object) -> float | None:
    """-1 is what Terraform's provider sends for "unset"; it switches the limit off."""
    return float(value) if isinstance(value, (int, float)) and value >= 0 else None


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
