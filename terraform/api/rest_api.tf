module "rest_api" {
  source = "../modules/rest_api"

  name               = var.api.name
  description        = var.api.description
  binary_media_types = var.api.binary_media_types
  cors               = var.api.cors

  api_key_source           = var.api.api_key_source
  api_keys                 = var.api_keys
  authorizers              = var.authorizers
  gateway_responses        = var.gateway_responses
  minimum_compression_size = var.api.minimum_compression_size
  models                   = var.models
  usage_plans              = var.usage_plans

  openapi   = var.openapi
  routes    = var.routes
  functions = { for key, function in var.functions : key => { name = function.name, alias = "live" } }
  # Names above, resources here: the deployment must not depend on a function (see the module's variable).
  alias_arns = { for key, function in module.function : key => function.alias_arn }

  stage              = var.stage
  stage_variables    = local.stage_variables
  cache              = var.cache
  metrics            = var.metrics
  route_settings     = var.route_settings
  throttle           = var.throttle
  access_logs        = var.access_logs
  log_retention_days = var.log_retention_days
  log_kms_key_arn    = var.log_kms_key_arn
  tracing            = var.tracing

  endpoint                     = var.endpoint
  disable_execute_api_endpoint = var.disable_execute_api_endpoint
  resource_policy              = var.resource_policy

  canary             = var.canary
  client_certificate = var.client_certificate
  production         = var.production
  web_acl_arn        = var.web_acl_arn
}
