"""Rules of how a stage is reached: endpoint and domain, policy, canary; and what production forbids."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from apitool.project import shown
from apitool.project.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from apitool.project.draft import DomainDraft, Draft, StageDraft
    from apitool.project.model import Project
    from apitool.project.scan import KeyPath

_LARGEST_POLICY = 8_192  # characters, API Gateway's quota
_CLOUDFRONTS_REGION = "us-east-1"


def errors(draft: Draft, root: Path) -> Iterator[Finding]:
    for name, stage in draft.get("stages", {}).items():
        key = ("stages", name)
        yield from _production(key, stage)
        yield from _endpoint(key, stage)
        yield from _domain((*key, "domain"), stage.get("domain", {}))
        yield from _canary(key, stage)
        yield from _policy(key, stage, root)
        if "access_log" in stage and stage.get("access_logs") is False:
            what = f"`{shown.dotted((*key, 'access_log'))}` is about a log that is off"
            yield Finding((*key, "access_log"), what, "access_logs = false", "take one of the two out")


def warnings(project: Project) -> Iterator[Finding]:
    """Ways around mutual TLS, and an API with no way in."""
    for name, stage in project.stages.items():
        key = ("stages", name)
        if stage.domain and stage.domain.mutual_tls and not stage.endpoint.disabled:
            what = "who asks at execute-api needs no certificate: mutual TLS is the domain's alone"
            yield Finding((*key, "domain", "mutual_tls"), what, fix="endpoint = { disabled = true }")
        if stage.endpoint.disabled and stage.domain is None:
            what = (
                f"nothing here leads to the stage `{name}`: execute-api is disabled, and there is no domain"
            )
            yield Finding((*key, "endpoint", "disabled"), what, fix=f"add [stages.{name}.domain]")


def _production(key: KeyPath, stage: StageDraft) -> Iterator[Finding]:
    if stage.get("production") and stage.get("log_level") == "full" and not stage.get("allow_data_trace"):
        what = f"`{shown.dotted(key)}` is production, and data trace logs bodies and credentials"
        fix = 'log_level = "info"; or allow_data_trace = true, if that is what you want'
        yield Finding((*key, "log_level"), what, '"full"', fix)


def _endpoint(key: KeyPath, stage: StageDraft) -> Iterator[Finding]:
    endpoint = stage.get("endpoint", {})
    private, ids = endpoint.get("type") == "private", endpoint.get("vpc_endpoint_ids", [])
    if ids and not private:
        what = "only a private endpoint has VPC endpoints"
        yield Finding((*key, "endpoint", "vpc_endpoint_ids"), what, fix='type = "private"')
    if private and endpoint.get("ip_address_type") == "ipv4":
        what = "a private endpoint answers by IPv6 too, always"
        yield Finding((*key, "endpoint", "ip_address_type"), what, fix='leave it out, or "dualstack"')
    if private and not ids and "resource_policy" not in stage:
        what = "a private endpoint says who may reach it; API Gateway deploys none without a policy"
        fix = 'vpc_endpoint_ids = ["vpce-…"], or a `resource_policy`'
        yield Finding((*key, "endpoint"), what, fix=fix)


def _domain(key: KeyPath, domain: DomainDraft) -> Iterator[Finding]:
    certificate, edge = domain.get("certificate_arn"), domain.get("endpoint") == "edge"
    if edge and certificate and f":acm:{_CLOUDFRONTS_REGION}:" not in certificate:
        what = f"an edge domain is CloudFront's, which takes certificates of {_CLOUDFRONTS_REGION} only"
        yield Finding(
            (*key, "certificate_arn"), what, f'"{shown.text(certificate)}"', 'endpoint = "regional"'
        )
    if "mutual_tls" in domain and (edge or not certificate):
        what = "mutual TLS is for a regional domain that is made here"
        seen = "an edge domain" if edge else "no `certificate_arn`"
        fix = 'endpoint = "regional"' if edge else "set `certificate_arn`, or ask whose domain it is"
        yield Finding((*key, "mutual_tls"), what, seen, fix)


def _canary(key: KeyPath, stage: StageDraft) -> Iterator[Finding]:
    canary = stage.get("canary", {})
    if "percent" in canary and not canary.get("deployment_id") and not canary.get("variables"):
        what = "a canary differs from its stage"
        yield Finding((*key, "canary"), what, "neither", "set `variables`, or `deployment_id`")


def _policy(key: KeyPath, stage: StageDraft, root: Path) -> Iterator[Finding]:
    if (name := stage.get("resource_policy")) is None:
        return
    at = (*key, "resource_policy")
    try:
        text = (root / name).read_text(encoding="utf-8")
        document = json.loads(text)
    except OSError:
        yield Finding(at, f"`{shown.dotted(at)}` can't be read", f'"{shown.text(name)}"', "name a file")
        return
    except ValueError as error:
        yield Finding(at, f"`{shown.dotted(at)}` is no JSON", shown.text(str(error)), "mend the file")
        return
    if not isinstance(document, dict) or "Statement" not in document:
        yield Finding(at, f"`{shown.dotted(at)}` is no policy", "no `Statement` in it", "see IAM's grammar")
    if len(text) > _LARGEST_POLICY:
        what = f"`{shown.dotted(at)}` is too long; API Gateway takes {_LARGEST_POLICY:,} characters"
        yield Finding(at, what, f"{len(text):,}", "shorten it")
