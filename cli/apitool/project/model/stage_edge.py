"""Where a stage is reached, and what stands before it: endpoint, domain, canary, VPC links, access log."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from apitool.project import arns, values
from apitool.project.model.base import Section
from apitool.project.model.fields import Name, StageVariables, by

IpAddressType = Literal["ipv4", "dualstack"]
_CERTIFICATE = "arn:aws:acm:eu-central-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"


class AccessLog(Section):
    """Where the access log goes, and what is in a line beside what `apitool logs` needs."""

    destination_arn: Annotated[str, by(arns.access_log_destination)] | None = Field(
        None,
        description="Log group or Firehose stream that exists. Default: a log group of the stage's own.",
        examples=["arn:aws:firehose:eu-central-1:123456789012:deliverystream/amazon-apigateway-orders"],
    )
    fields: dict[Annotated[str, by(arns.field_name)], Annotated[str, by(arns.context_variable)]] = Field(
        {}, description="More fields of a line.", examples=[{"tenant": "$context.authorizer.tenant"}]
    )
    format: Annotated[str, by(arns.access_log_format)] | None = Field(
        None,
        description="A line of your own instead; `apitool logs` then can't join by it.",
        examples=["$context.requestId $context.status"],
    )


class Canary(Section):
    """Part of the requests, answered with other stage variables or by another deployment."""

    percent: float = Field(ge=0, le=100, description="Share of the requests.", examples=[10])
    deployment_id: str | None = Field(
        None, description="Default: the stage's own deployment.", examples=["a1b2c3"]
    )
    variables: StageVariables = Field(
        {}, description="Stage variables that are others in the canary.", examples=[{"color": "green"}]
    )
    use_cache: bool = Field(default=False, description="Share the stage's cache.")


class MutualTls(Section):
    """Clients show a certificate, which one of the truststore's has signed."""

    truststore_uri: Annotated[str, by(arns.truststore)] = Field(
        description="Its file in S3.", examples=["s3://acme-trust/clients.pem"]
    )
    truststore_version: str | None = Field(
        None, description="Version of the object. Default: the newest when it was applied.", examples=["v1"]
    )


class Domain(Section):
    """A custom domain. Without `certificate_arn` it exists already, shared with other APIs."""

    name: Annotated[str, by(values.domain_name)] = Field(
        description="The domain name.", examples=["api.example.com"]
    )
    base_path: Annotated[str, by(values.base_path)] = Field(
        "", description="Path of the API under it; empty for all of it.", examples=["orders"]
    )
    certificate_arn: Annotated[str, by(arns.certificate)] | None = Field(
        None, description="ACM certificate. Default: the domain exists.", examples=[_CERTIFICATE]
    )
    endpoint: Literal["regional", "edge"] = Field("regional", description="Kind of domain.")
    ip_address_type: IpAddressType | None = Field(
        None,
        description="`dualstack` for IPv6 too. Default: as it is, at first `ipv4`.",
        examples=["dualstack"],
    )
    security_policy: Annotated[str, by(values.security_policy)] = Field(
        "TLS_1_2", description="Least version of TLS, and its ciphers.", examples=["TLS_1_2"]
    )
    zone_id: Annotated[str, by(values.zone_id)] | None = Field(
        None, description="Route 53 zone that gets the record. Default: none.", examples=["Z0123456789ABC"]
    )
    mutual_tls: MutualTls | None = Field(
        None,
        description="Ask clients for a certificate.",
        examples=[{"truststore_uri": "s3://acme-trust/clients.pem"}],
    )
    ownership_verification_certificate_arn: Annotated[str, by(arns.certificate)] | None = Field(
        None,
        description="Public certificate that proves ownership, for an imported or private one.",
        examples=[_CERTIFICATE],
    )


class Endpoint(Section):
    """How the API is reached without a custom domain."""

    type: Literal["regional", "edge", "private"] = Field("regional", description="Kind of endpoint.")
    ip_address_type: IpAddressType | None = Field(
        None,
        description="`dualstack` for IPv6 too. Default: as it is, at first `ipv4`.",
        examples=["dualstack"],
    )
    vpc_endpoint_ids: Annotated[tuple[Annotated[str, by(arns.vpc_endpoint)], ...], Field(strict=False)] = (
        Field((), description="VPC endpoints a private one is reached through.", examples=[["vpce-0a1b2c3d"]])
    )
    disabled: bool = Field(
        default=False, description="Answer under the custom domain only, not at execute-api."
    )


VpcLinks = dict[Name, Annotated[str, by(arns.network_load_balancer)]]
