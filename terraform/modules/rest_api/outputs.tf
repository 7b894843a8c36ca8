output "access_log_group" {
  description = "Name of the access log's group; null without access logs."
  value       = one([for group in aws_cloudwatch_log_group.access : group.name])
}

output "api_keys" {
  description = "Ids of the API keys by key. Their values: `aws apigateway get-api-key --include-value --api-key ID`."
  value       = { for key, api_key in aws_api_gateway_api_key.this : key => api_key.id }
}

output "body" {
  description = "The OpenAPI document the API was declared with, as JSON. What is live can be compared with it."
  value       = local.body
}

output "body_sha256" {
  description = "SHA-256 of the OpenAPI document, in hex. The deployment is keyed to it."
  value       = local.body_sha256
}

output "client_certificate" {
  description = "The certificate that HTTP backends are shown, as PEM; null without one."
  value       = one([for certificate in aws_api_gateway_client_certificate.this : certificate.pem_encoded_certificate])
}

output "deployment_id" {
  description = "Id of the deployment the stage points to."
  value       = aws_api_gateway_stage.this.deployment_id
}

output "execution_arn" {
  description = "Execution ARN of the API, without stage: the stem of `source_arn` in permissions and of IAM policies."
  value       = aws_api_gateway_rest_api.this.execution_arn
}

output "execution_log_group" {
  description = "Name of the group that execution logs of the stage go to. Exists whether logging is on or not."
  value       = aws_cloudwatch_log_group.execution.name
}

output "rest_api_id" {
  description = "Id of the RestApi."
  value       = aws_api_gateway_rest_api.this.id
}

output "stage" {
  description = "Name of the stage."
  value       = aws_api_gateway_stage.this.stage_name

  # Who changes or calls the stage because of this value finds it with its settings.
  depends_on = [aws_api_gateway_method_settings.all, aws_api_gateway_method_settings.route]
}

output "stage_arn" {
  description = "ARN of the stage, for what refers to it, such as a web ACL."
  value       = aws_api_gateway_stage.this.arn
}

output "url" {
  description = "Invoke URL of the stage, without trailing slash."
  value       = aws_api_gateway_stage.this.invoke_url

  # A request to the URL must not meet a function that may not be invoked yet, or a stage without its throttle.
  depends_on = [
    aws_api_gateway_method_settings.all,
    aws_api_gateway_method_settings.route,
    aws_lambda_permission.authorize,
    aws_lambda_permission.invoke,
    aws_api_gateway_usage_plan_key.this,
    aws_iam_role_policy.integration,
    aws_wafv2_web_acl_association.this,
  ]
}
