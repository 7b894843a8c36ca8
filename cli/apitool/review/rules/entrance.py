"""Rules about the way in: URL, domain, endpoint, firewall, API keys and their plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.review.change import Kind, Verb
from apitool.review.finding import Severity
from apitool.review.rules import among
from apitool.review.rules.rule import Hit, Rule
from apitool.terraform import openapi_routes
from apitool.terraform.document import sequence, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from apitool.review.changes import Reviewed
    from apitool.review.plan_document import ResourceChange

_API = "aws_api_gateway_rest_api"
_DOMAIN = "aws_api_gateway_domain_name"
_MAPPING = "aws_api_gateway_base_path_mapping"
_ANEW = {Verb.REPLACE, Verb.REMOVE}


def url_changes(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in reviewed.changes.changes:
        if change.kind in {Kind.API, Kind.STAGE} and change.verb in _ANEW:
            anew = "made anew" if change.verb is Verb.REPLACE else "removed"
            yield Hit(change.name, f"the {change.kind} is {anew}: {change.breaking}", change.address)


def domain_lost(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in reviewed.plan.of_type(_DOMAIN, _MAPPING, "aws_route53_record"):
        if change.verb in _ANEW:
            was = text(change.before.get("domain_name")) or text(change.before.get("name"))
            path = text(change.before.get("base_path"))
            anew = "is made anew" if change.verb is Verb.REPLACE else "is removed"
            what = f"{was}/{path}" if path else was
            yield Hit(among.name(reviewed, change), f"{what or change.address} {anew}", change.address)
    for change in among.changed(reviewed, _MAPPING):
        if change.verb is Verb.CHANGE and change.changed & {"base_path", "domain_name"}:
            yield Hit(among.name(reviewed, change), "its path leads elsewhere", change.address)


def endpoint_off(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in among.changed(reviewed, _API):
        if _flag(change, "disable_execute_api_endpoint") == (False, True):
            what = "the execute-api URL is switched off: only the custom domain answers"
            yield Hit(among.name(reviewed, change), what, change.address)


def endpoint_opened(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in among.changed(reviewed, _API):
        old, new = _endpoint(change.before), _endpoint(change.after)
        if old == "PRIVATE" and new not in {"PRIVATE", ""}:
            yield Hit(among.name(reviewed, change), f"endpoint PRIVATE → {new}", change.address)
        if _flag(change, "disable_execute_api_endpoint") == (True, False):
            what = "the execute-api URL answers again, past what guards the custom domain"
            yield Hit(among.name(reviewed, change), what, change.address)


def firewall_removed(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    """Not of a stage that goes itself."""
    gone = {text(stage.before.get("arn")) for stage in among.removed(reviewed, "aws_api_gateway_stage")}
    for change in among.removed(
        reviewed, "aws_wafv2_web_acl_association", "aws_wafregional_web_acl_association"
    ):
        guarded = text(change.before.get("resource_arn"))
        if "/restapis/" in guarded and guarded not in gone:
            yield Hit(
                change.address, f"nothing filters requests to {guarded.rpartition('/')[2]}", change.address
            )


def transport_lowered(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in among.changed(reviewed, _DOMAIN):
        subject = among.name(reviewed, change)
        if among.lost(change, "mutual_tls_authentication"):
            yield Hit(subject, "clients no longer show a certificate", change.address)
        if text(change.after.get("security_policy")) == "TLS_1_0" != change.before.get("security_policy"):
            yield Hit(subject, "TLS 1.0 is allowed", change.address)


def key_lost(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in reviewed.plan.of_type("aws_api_gateway_api_key"):
        if change.verb in _ANEW:
            anew = "gets another value" if change.verb is Verb.REPLACE else "is removed"
            yield Hit(among.name(reviewed, change), f"the key {anew}", change.address)
        elif _flag(change, "enabled") == (True, False):
            yield Hit(among.name(reviewed, change), "the key is switched off", change.address)
    for change in reviewed.plan.of_type("aws_api_gateway_usage_plan_key"):
        if change.verb is Verb.REMOVE and not _key_goes(reviewed, change):
            yield Hit(among.name(reviewed, change), "the key is taken out of its usage plan", change.address)


def _key_goes(reviewed: Reviewed, change: ResourceChange) -> bool:
    """Whether the key itself is removed, which is said once."""
    gone = {text(key.before.get("id")) for key in among.removed(reviewed, "aws_api_gateway_api_key")}
    return text(change.before.get("key_id")) in gone


def usage_plan_loosened(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in reviewed.plan.of_type("aws_api_gateway_usage_plan"):
        subject = among.name(reviewed, change)
        if change.verb is Verb.REMOVE:
            yield Hit(subject, "the plan is removed: its keys open nothing", change.address)
        elif change.verb in {Verb.CHANGE, Verb.REPLACE}:
            for attribute, what in (("throttle_settings", "throttle"), ("quota_settings", "quota")):
                if among.lost(change, attribute):
                    yield Hit(subject, f"no {what} any more", change.address)
            if len(sequence(change.after.get("api_stages"))) < len(sequence(change.before.get("api_stages"))):
                yield Hit(subject, "its keys no longer open a stage they opened", change.address)


def binary_everything(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in among.changed(reviewed, _API):
        old, new = (_binary(side) for side in (change.before, change.after))
        if "*/*" in new and "*/*" not in old:
            yield Hit(among.name(reviewed, change), "every request body arrives in base64", change.address)


def _binary(values: Mapping[str, object]) -> set[str]:
    body = openapi_routes.read(values.get("body"))
    of_body = sequence(body.rest.get("x-amazon-apigateway-binary-media-types")) if body else ()
    return set(map(text, [*sequence(values.get("binary_media_types")), *of_body]))


def _endpoint(values: Mapping[str, object]) -> str:
    return text(next(iter(sequence(among.block(values, "endpoint_configuration").get("types"))), ""))


def _flag(change: ResourceChange, attribute: str) -> tuple[bool, bool]:
    return change.before.get(attribute) is True, change.after.get(attribute) is True


RULES = (
    Rule(
        "url-changes",
        Severity.ERROR,
        "The RestApi or stage is made anew",
        "The invoke URL has the RestApi's id and the stage's name in it: every caller has to be told.",
        "Keep the name, or move callers to a custom domain first.",
        url_changes,
    ),
    Rule(
        "domain-lost",
        Severity.ERROR,
        "A domain, its mapping or its DNS record goes or is made anew",
        "Callers of the name get no answer, or a 403 of somebody else's.",
        "Make the new name first, move callers, then remove the old one.",
        domain_lost,
    ),
    Rule(
        "endpoint-off",
        Severity.ERROR,
        "The execute-api URL is switched off",
        "Callers that use it get 403.",
        "Look for its host name in the access log first.",
        endpoint_off,
    ),
    Rule(
        "endpoint-opened",
        Severity.ERROR,
        "The API can be reached from more places",
        "What kept the internet out (VPC, custom domain, firewall) is gone round.",
        "Keep the endpoint PRIVATE, or the execute-api URL off.",
        endpoint_opened,
    ),
    Rule(
        "firewall-removed",
        Severity.ERROR,
        "A web ACL is taken off a stage",
        "Requests it blocked get through.",
        "Keep the association while the stage is there.",
        firewall_removed,
    ),
    Rule(
        "transport-lowered",
        Severity.ERROR,
        "Connections ask for less",
        "Anybody may connect, or old TLS may be spoken and listened to.",
        "Keep the trust store and TLS 1.2.",
        transport_lowered,
    ),
    Rule(
        "api-key-lost",
        Severity.ERROR,
        "An API key stops working",
        "Whoever uses it gets 403 Forbidden.",
        "Give out a second key first; remove the first when nobody uses it.",
        key_lost,
    ),
    Rule(
        "usage-plan-loosened",
        Severity.WARNING,
        "A usage plan limits less, or opens less",
        "Keys without a plan open nothing; a plan without limits lets one caller use up everybody's.",
        "Keep the plan, its throttle and its stages.",
        usage_plan_loosened,
    ),
    Rule(
        "binary-everything",
        Severity.WARNING,
        "All bodies become binary",
        "With `*/*` a function gets JSON in base64 too, with `isBase64Encoded`.",
        "Name the media types that are binary, or decode in the function first.",
        binary_everything,
    ),
)
