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
    identifiers,
    instance_tracking,
    integration_target,
    managed_policies,
    methods,
    missing,
    openapi_import,
    resource_tree,
    rest_api_settings,
    stage_export,
    stages,
    usage_plans,
)

if TYPE_CHECKING:
    from apitool.local.corrections.correction import Correction

CORRECTIONS: tuple[Correction, ...] = (
    *instance_tracking.CORRECTIONS,
    *managed_policies.CORRECTIONS,
    *identifiers.CORRECTIONS,
    *missing.CORRECTIONS,
    *openapi_import.CORRECTIONS,
    *rest_api_settings.CORRECTIONS,
    *resource_tree.CORRECTIONS,
    *methods.CORRECTIONS,
    *authorizers.CORRECTIONS,
    *integration_target.CORRECTIONS,
    *deployments.CORRECTIONS,
    *stages.CORRECTIONS,
    *usage_plans.CORRECTIONS,
    *stage_export.CORRECTIONS,
    *cloudwatch_role.CORRECTIONS,
    *function_configuration.CORRECTIONS,
    *function_policy.CORRECTIONS,
    *function_publication.CORRECTIONS,
)
