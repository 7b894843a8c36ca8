"""Where a stage is reached and what stands before it, as variables of the root module (variables_edge.tf)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.project import names

if TYPE_CHECKING:
    from apitool.project.model import Domain, Project, Stage

# The embedded AWS has one kind of endpoint, on this machine: no domains and certificates, no VPC, no WAF.
_NOT_EMBEDDED: dict[str, object] = {
    "client_certificate": False,
    "disable_execute_api_endpoint": False,
    "domain": None,
    "endpoint": {"type": "REGIONAL", "ip_address_type": None, "vpc_endpoint_ids": []},
    "web_acl_arn": None,
}


def edge_variables(project: Project, stage: Stage, *, embedded: bool) -> dict[str, object]:
    """Raises OSError when the policy's file is gone since the project was read."""
    policy = stage.resource_policy
    found: dict[str, object] = {
        "access_logs": _access_logs(project, stage),
        "canary": stage.canary and stage.canary.model_dump(mode="json"),
        "client_certificate": stage.client_certificate,
        "disable_execute_api_endpoint": stage.endpoint.disabled,
        "domain": stage.domain and _domain(stage.domain),
        "endpoint": {
            "type": stage.endpoint.type.upper(),
            "ip_address_type": stage.endpoint.ip_address_type,
            "vpc_endpoint_ids": list(stage.endpoint.vpc_endpoint_ids),
        },
        "log_kms_key_arn": stage.log_kms_key_arn,
        "production": stage.production,
        "resource_policy": policy and (project.root / policy).read_text(encoding="utf-8"),
        "tracing": stage.tracing,
        "vpc_links": {
            name: {"name": names.member(project.name, stage.name, name), "load_balancer_arn": arn}
            for name, arn in stage.vpc_links.items()
        },
        "web_acl_arn": stage.web_acl_arn,
    }
    return found | _NOT_EMBEDDED if embedded else found


def _access_logs(project: Project, stage: Stage) -> dict[str, object] | None:
    if not stage.access_logs:
        return None
    said = stage.access_log
    if said is None:
        return {"group": names.access_log_group(project.name, stage.name)}
    own = None if said.destination_arn else names.access_log_group(project.name, stage.name)
    return {"group": own, **said.model_dump(mode="json")}


def _domain(domain: Domain) -> dict[str, object]:
    said = domain.model_dump(mode="json", exclude={"endpoint"})
    return {**said, "endpoint_type": domain.endpoint.upper()}
