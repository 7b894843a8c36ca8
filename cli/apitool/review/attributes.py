"""Which attributes are told with their values, and in what words. All others are told by name only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from apitool.review import shown
from apitool.review.change import Difference, Kind, Verb
from apitool.terraform import openapi_routes
from apitool.terraform.document import at, mapping, sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from apitool.review.plan_document import ResourceChange

TOLD_WHEN_NEW = {
    Kind.AUTHORIZER,
    Kind.FUNCTION,
    Kind.FUNCTION_URL,
    Kind.GATEWAY_RESPONSE,
    Kind.PERMISSION,
    Kind.TABLE,
    Kind.USAGE_PLAN,
}
_CODE = {
    "source_code_hash",
    "code_sha256",
    "filename",
    "s3_key",
    "s3_object_version",
    "image_uri",
    "source_code_size",
}
_COMPUTED = {
    "qualified_arn",
    "qualified_invoke_arn",
    "invoke_arn",
    "execution_arn",
    "invoke_url",
    "created_date",
}
_SHOWN: dict[Kind, dict[str, tuple[str, str]]] = {
    # attribute: word, unit
    Kind.API: {
        "name": ("name", ""),
        "description": ("description", ""),
        "binary_media_types": ("binary media types", ""),
        "disable_execute_api_endpoint": ("default endpoint off", ""),
        "minimum_compression_size": ("compression from", " bytes"),
        "api_key_source": ("API key from", ""),
    },
    Kind.FUNCTION: {
        "runtime": ("runtime", ""),
        "memory_size": ("memory", " MB"),
        "timeout": ("timeout", " s"),
        "handler": ("handler", ""),
        "architectures": ("architecture", ""),
        "layers": ("layers", ""),
        "reserved_concurrent_executions": ("reserved concurrency", ""),
        "function_name": ("name", ""),
    },
    Kind.PERMISSION: {"principal": ("principal", ""), "source_arn": ("source", ""), "action": ("action", "")},
    Kind.STAGE: {
        "stage_name": ("name", ""),
        "xray_tracing_enabled": ("tracing", ""),
        "cache_cluster_enabled": ("cache", ""),
        "cache_cluster_size": ("cache size", " GB"),
        "client_certificate_id": ("client certificate", ""),
    },
    Kind.AUTHORIZER: {
        "name": ("name", ""),
        "type": ("type", ""),
        "identity_source": ("identity source", ""),
        "authorizer_result_ttl_in_seconds": ("cached for", " s"),
    },
    Kind.VALIDATOR: {
        "name": ("name", ""),
        "validate_request_body": ("body", ""),
        "validate_request_parameters": ("parameters", ""),
    },
    Kind.GATEWAY_RESPONSE: {"status_code": ("status", ""), "response_type": ("for", "")},
    Kind.FUNCTION_URL: {"authorization_type": ("authorization", ""), "invoke_mode": ("mode", "")},
    Kind.USAGE_PLAN: {"name": ("name", ""), "description": ("description", "")},
    Kind.KEY: {"name": ("name", ""), "enabled": ("enabled", ""), "description": ("description", "")},
    Kind.LOG_GROUP: {"retention_in_days": ("retention", " days"), "name": ("name", "")},
    Kind.TABLE: {
        "name": ("name", ""),
        "hash_key": ("partition key", ""),
        "range_key": ("sort key", ""),
        "billing_mode": ("billing", ""),
        "deletion_protection_enabled": ("deletion protection", ""),
    },
    Kind.DOMAIN: {
        "domain_name": ("name", ""),
        "security_policy": ("TLS policy", ""),
        "base_path": ("base path", ""),
        "stage_name": ("stage", ""),
        "certificate_arn": ("certificate", ""),
        "regional_certificate_arn": ("certificate", ""),
        "name": ("name", ""),
        "type": ("type", ""),
    },
}


def differences(change: ResourceChange, kind: Kind, changed: set[str]) -> Iterator[Difference]:
    told = _SHOWN.get(kind, {})
    for name in sorted(changed - _COMPUTED):
        if name in told and not change.is_sensitive(name):
            yield from _shown(change, name, *told[name])
        elif name in _SPECIAL:
            yield from _SPECIAL[name](change)
        elif name not in _CODE and _told_by_name(change, name):
            yield Difference(name.replace("_", " "))
    if kind is Kind.FUNCTION and changed & {"source_code_hash", "image_uri", "s3_key"}:
        yield from _code(change)


def _told_by_name(change: ResourceChange, name: str) -> bool:
    """Not when it is computed, and not when only the way of saying "nothing" differs: null, "" and []."""
    if not change.before or not change.after or change.unknown.get(name) is True:
        return False
    return bool(change.before.get(name) or change.after.get(name))


def _shown(change: ResourceChange, name: str, word: str, unit: str) -> Iterator[Difference]:
    before, after = change.before.get(name), change.after.get(name)
    unknown = change.unknown.get(name) is True
    if unknown and change.verb is Verb.REPLACE and name not in change.replaced_for:
        return  # what AWS chooses is chosen again
    now = shown.UNKNOWN if unknown else shown.value(_zero(name, after), unit)
    was = shown.value(_zero(name, before), unit)
    nothing = _nothing(before) and _nothing(after)
    if was != now and not nothing and (change.before or now != shown.UNKNOWN):
        yield Difference(word, was, now)


def _nothing(value: object) -> bool:
    """A switch that is off may stand as null, too."""
    return value is None or value is False


def _zero(name: str, value: object) -> object:
    """-1 is "no limit of its own", and retention 0 "for ever", which `none` says better."""
    if name == "minimum_compression_size" and value == "-1":  # a number the provider has as text
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return None if value == -1 or (value == 0 and name == "retention_in_days") else value


def _code(change: ResourceChange) -> Iterator[Difference]:
    was, now = (shown.value(side.get("source_code_hash")) for side in (change.before, change.after))
    if change.before and was != now:
        short = 12  # characters of a digest in base64: 72 bits tell any two packages apart
        yield Difference("code", was and was[:short], (now and now[:short]) or shown.UNKNOWN)


def _body(change: ResourceChange) -> Iterator[Difference]:
    """What no route says: gateway responses, …; an attribute that says the same says it with its values."""
    old, new = openapi_routes.read(change.before.get("body")), openapi_routes.read(change.after.get("body"))
    if old and new:
        told = {"info", "title"} | {name.replace("_", " ") for name in change.changed}
        changed = openapi_routes.rest_changed(old, new)
        yield from (Difference(words) for words in changed if words not in told)


def _environment(change: ResourceChange) -> Iterator[Difference]:
    """Names only: the values may be secret, whatever they look like."""
    old, new = (
        mapping(at(_only(side.get("environment")), "variables")) for side in (change.before, change.after)
    )
    yield from names("environment", old, new)


def _variables(change: ResourceChange) -> Iterator[Difference]:
    yield from names(
        "variable", mapping(change.before.get("variables")), mapping(change.after.get("variables"))
    )


def names(what: str, old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[Difference]:
    """Each key of a map that comes, goes or gets another value; never the value."""
    for key in sorted(old.keys() | new.keys()):
        name = f"{what} {shown.line(key)}"
        if key not in old:
            yield Difference(name, None, "added")
        elif key not in new:
            yield Difference(name, None, "removed")
        elif old[key] != new[key]:
            yield Difference(name)


def _settings(change: ResourceChange) -> Iterator[Difference]:
    """The method settings that change, each with its value."""
    unknown = _only(change.unknown.get("settings"))
    yield from _numbers(change, "settings", {name for name, marked in unknown.items() if marked is True})


def _limits(block: str, word: str) -> Callable[[ResourceChange], Iterator[Difference]]:
    def told(change: ResourceChange) -> Iterator[Difference]:
        for difference in _numbers(change, block, set()):
            yield replace(difference, name=f"{word} {difference.name}")

    return told


def _numbers(change: ResourceChange, block: str, skipped: set[str]) -> Iterator[Difference]:
    """What differs in the one block of that name, with its values."""
    old, new = _only(change.before.get(block)), _only(change.after.get(block))
    for key in sorted((new.keys() | old.keys()) - skipped):
        if old.get(key) != new.get(key) and (key in new or not new):
            was, now = (shown.value(_zero(key, side.get(key))) for side in (old, new))
            if was != now:
                yield Difference(key.replace("_", " "), was or "none", now)


def _endpoint(change: ResourceChange) -> Iterator[Difference]:
    old, new = (_only(side.get("endpoint_configuration")) for side in (change.before, change.after))
    if change.before and old.get("types") != new.get("types"):
        yield Difference("endpoint", shown.value(old.get("types")), shown.value(new.get("types")))
    elif change.before and old.get("vpc_endpoint_ids") != new.get("vpc_endpoint_ids"):
        yield Difference("VPC endpoints")


def _access_logs(change: ResourceChange) -> Iterator[Difference]:
    old, new = (bool(sequence(side.get("access_log_settings"))) for side in (change.before, change.after))
    yield (
        Difference("access logs", shown.value(old), shown.value(new))
        if old != new
        else Difference("access logs")
    )


def _recovery(change: ResourceChange) -> Iterator[Difference]:
    old, new = (
        at(_only(side.get("point_in_time_recovery")), "enabled") is True
        for side in (change.before, change.after)
    )
    if old != new and change.before:
        yield Difference("backups", shown.value(old), shown.value(new))


def _only(blocks: object) -> Mapping[str, object]:
    return mapping(next(iter(sequence(blocks)), None))


_SPECIAL = {
    "body": _body,
    "environment": _environment,
    "variables": _variables,
    "settings": _settings,
    "endpoint_configuration": _endpoint,
    "throttle_settings": _limits("throttle_settings", "throttle"),
    "quota_settings": _limits("quota_settings", "quota"),
    "access_log_settings": _access_logs,
    "point_in_time_recovery": _recovery,
}
