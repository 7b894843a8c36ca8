"""All corrections, in the order they are applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.local.corrections import (
    authorizers,
    client_certificates,
    cloudwatch_role,
    deployments,
    documentation,
    domain_names,
    function_configuration,
    function_policy,
    function_publication,
    gateway_responses,
    identifiers,
    instance_tracking,
    integration_responses,
    integration_target,
    integrations,
    managed_policies,
    method_responses,
    methods,
    missing,
    models,
    openapi_import,
    request_validators,
    resource_tree,
    rest_api_settings,
    stage_export,
    stages,
    tags,
    usage_plans,
    vpc_links,
    wire,
)

if TYPE_CHECKING:
    from apitool.local.corrections.correction import Correction

CORRECTIONS: tuple[Correction, ...] = (
    *instance_tracking.CORRECTIONS,
    *managed_policies.CORRECTIONS,
    *identifiers.CORRECTIONS,
    *wire.CORRECTIONS,
    *missing.CORRECTIONS,
    *openapi_import.CORRECTIONS,
    *rest_api_settings.CORRECTIONS,
    *models.CORRECTIONS,
    *request_validators.CORRECTIONS,
    *gateway_responses.CORRECTIONS,
    *documentation.CORRECTIONS,
    *resource_tree.CORRECTIONS,
    *methods.CORRECTIONS,
    *method_responses.CORRECTIONS,
    *authorizers.CORRECTIONS,
    *integration_target.CORRECTIONS,
    *integrations.CORRECTIONS,
    *integration_responses.CORRECTIONS,
    *deployments.CORRECTIONS,
    *stages.CORRECTIONS,
    *usage_plans.CORRECTIONS,
    *tags.CORRECTIONS,
    *client_certificates.CORRECTIONS,
    *domain_names.CORRECTIONS,
    *vpc_links.CORRECTIONS,
    *stage_export.CORRECTIONS,
    *cloudwatch_role.CORRECTIONS,
    *function_configuration.CORRECTIONS,
    *function_policy.CORRECTIONS,
    *function_publication.CORRECTIONS,
)
