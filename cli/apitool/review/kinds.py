"""What each type of Terraform's resources is in API words."""

from __future__ import annotations

from apitool.review.change import Kind

_KINDS = {
    "aws_api_gateway_api_key": Kind.KEY,
    "aws_api_gateway_authorizer": Kind.AUTHORIZER,
    "aws_api_gateway_base_path_mapping": Kind.DOMAIN,
    "aws_api_gateway_domain_name": Kind.DOMAIN,
    "aws_api_gateway_gateway_response": Kind.GATEWAY_RESPONSE,
    "aws_api_gateway_method_settings": Kind.SETTINGS,
    "aws_api_gateway_request_validator": Kind.VALIDATOR,
    "aws_api_gateway_rest_api": Kind.API,
    "aws_api_gateway_rest_api_policy": Kind.POLICY,
    "aws_api_gateway_stage": Kind.STAGE,
    "aws_api_gateway_usage_plan": Kind.USAGE_PLAN,
    "aws_api_gateway_usage_plan_key": Kind.USAGE_PLAN,
    "aws_cloudwatch_log_group": Kind.LOG_GROUP,
    "aws_dynamodb_table": Kind.TABLE,
    "aws_lambda_function": Kind.FUNCTION,
    "aws_lambda_function_url": Kind.FUNCTION_URL,
    "aws_lambda_permission": Kind.PERMISSION,
    "aws_route53_record": Kind.DOMAIN,
}
_IAM = (
    "aws_iam_group_policy",
    "aws_iam_group_policy_attachment",
    "aws_iam_policy",
    "aws_iam_policy_attachment",
    "aws_iam_role",
    "aws_iam_role_policy",
    "aws_iam_role_policy_attachment",
    "aws_iam_user_policy",
    "aws_iam_user_policy_attachment",
)
# What can't be made again by an apply, because of what is in it.
_STORES = (
    "aws_cognito_user_pool",
    "aws_db_instance",
    "aws_docdb_cluster",
    "aws_efs_file_system",
    "aws_elasticache_replication_group",
    "aws_kinesis_stream",
    "aws_kms_key",
    "aws_neptune_cluster",
    "aws_opensearch_domain",
    "aws_rds_cluster",
    "aws_redshift_cluster",
    "aws_s3_bucket",
    "aws_secretsmanager_secret",
    "aws_sqs_queue",
    "aws_timestreamwrite_table",
)
_ALL = _KINDS | dict.fromkeys(_IAM, Kind.IAM) | dict.fromkeys(_STORES, Kind.STORE)


def of(resource_type: str) -> Kind:
    return _ALL.get(resource_type, Kind.OTHER)
