"""All corrections, in the order they are applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.local.corrections import (
    authorizers,
    cloudwatch_role,
    deployments,
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
    openapi_import,
    resource_tree,
    rest_api_settings,
    stage_export,
    stages,
    usage_plans,
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
    *gateway_responses.CORRECTIONS,
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
    *stage_export.CORRECTIONS,
    *cloudwatch_role.CORRECTIONS,
    *function_configuration.CORRECTIONS,
    *function_policy.CORRECTIONS,
    *function_publication.CORRECTIONS,
)
