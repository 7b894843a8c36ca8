output "access_log_group" {
  description = "Name of the access log's group; null without access logs."
  value       = module.rest_api.access_log_group
}

output "api_keys" {
  description = "Ids of the API keys by key; their values are in API Gateway."
  value       = module.rest_api.api_keys
}

output "custom_url" {
  description = "URL under the custom domain, without trailing slash; null without one."
  value       = one([for domain in module.domain : one(values(domain.urls))])
}

output "deployment_id" {
  description = "Id of the deployment the stage points to."
  value       = module.rest_api.deployment_id
}

output "execution_arn" {
  description = "Execution ARN of the API, without stage."
  value       = module.rest_api.execution_arn
}

output "execution_log_group" {
  description = "Name of the group that execution logs of the stage go to."
  value       = module.rest_api.execution_log_group
}

output "functions" {
  description = "The functions by key: name, the version and alias that callers get, log group."
  value = {
    for key, function in module.function : key => {
      name      = function.name
      version   = function.version
      alias     = function.alias
      log_group = function.log_group
    }
  }
}

output "rest_api_id" {
  description = "Id of the RestApi."
  value       = module.rest_api.rest_api_id
}

output "stage" {
  description = "Name of the stage."
  value       = module.rest_api.stage
}

output "tables" {
  description = "The tables by key: name and ARN."
  value       = { for key, table in module.table : key => { name = table.name, arn = table.arn } }
}

output "url" {
  description = "Invoke URL of the stage, without trailing slash."
  value       = module.rest_api.url
}
