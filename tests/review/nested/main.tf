# Two APIs as other people write them: modules in modules, `for_each`, usage plans, a domain. The variables are
# what a change changes.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "routes" {
  default = {
    list   = { method = "GET", authorization = "AWS_IAM" }
    create = { method = "POST", authorization = "AWS_IAM" }
  }
}
variable "admin_routes" {
  default = {
    list = { method = "GET", authorization = "AWS_IAM" }
  }
}
variable "admin_endpoint" { default = "PRIVATE" }
variable "settings" { default = true }
variable "trigger" { default = "1" }
variable "function_name" { default = "shop" }
variable "reserved_concurrency" { default = -1 }
variable "usage_plan" { default = true }
variable "usage_plan_key" { default = true }
variable "plan_throttle" { default = true }
variable "key_enabled" { default = true }
variable "domain" { default = "api.example.com" }
variable "base_path" { default = "shop" }
variable "not_found_status" { default = "404" }
variable "unauthorized_status" { default = "401" }
variable "pools" { default = ["arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_one"] }
variable "principal" { default = "apigateway.amazonaws.com" }
variable "trusted" { default = { Service = "lambda.amazonaws.com" } }
variable "statements" { default = 1 }
variable "function_url" { default = false }
variable "audit_group" { default = false }
variable "caching" { default = false }
variable "budget" { default = 1 }

module "shop" {
  source  = "./modules/api"
  name    = "shop"
  path    = "orders"
  routes  = var.routes
  invoke  = module.function.invoke_arn
  trigger = var.trigger
}

module "admin" {
  source   = "./modules/api"
  name     = "admin"
  path     = "orders"
  routes   = var.admin_routes
  invoke   = module.function.invoke_arn
  trigger  = var.trigger
  endpoint = var.admin_endpoint
}

module "function" {
  source               = "./modules/function"
  name                 = var.function_name
  principal            = var.principal
  trusted              = var.trusted
  statements           = var.statements
  reserved_concurrency = var.reserved_concurrency
  apis                 = { shop = module.shop.execution_arn, admin = module.admin.execution_arn }
}

resource "aws_lambda_function_url" "shop" {
  count              = var.function_url ? 1 : 0
  function_name      = module.function.name
  authorization_type = "NONE"
}

resource "aws_api_gateway_method_settings" "shop" {
  count       = var.settings ? 1 : 0
  rest_api_id = module.shop.id
  stage_name  = module.shop.stage
  method_path = "*/*"
  settings {
    logging_level          = "ERROR"
    metrics_enabled        = true
    caching_enabled        = var.caching
    throttling_rate_limit  = 100
    throttling_burst_limit = 50
  }
}

resource "aws_api_gateway_gateway_response" "not_found" {
  rest_api_id        = module.shop.id
  response_type      = "MISSING_AUTHENTICATION_TOKEN"
  status_code        = var.not_found_status
  response_templates = { "application/json" = "{\"message\":$context.error.messageString}" }
}

resource "aws_api_gateway_gateway_response" "unauthorized" {
  rest_api_id   = module.shop.id
  response_type = "UNAUTHORIZED"
  status_code   = var.unauthorized_status
}

resource "aws_api_gateway_authorizer" "users" {
  rest_api_id   = module.shop.id
  name          = "users"
  type          = "COGNITO_USER_POOLS"
  provider_arns = var.pools
}

resource "aws_api_gateway_usage_plan" "partners" {
  count = var.usage_plan ? 1 : 0
  name  = "partners"
  api_stages {
    api_id = module.shop.id
    stage  = module.shop.stage
  }
  dynamic "throttle_settings" {
    for_each = var.plan_throttle ? [1] : []
    content {
      rate_limit  = 10
      burst_limit = 5
    }
  }
}

resource "aws_api_gateway_api_key" "partner" {
  name    = "partner"
  enabled = var.key_enabled
  value   = "canary-api-key-with-enough-characters-of-the-shop"
}

resource "aws_api_gateway_usage_plan_key" "partner" {
  count         = var.usage_plan && var.usage_plan_key ? 1 : 0
  key_id        = aws_api_gateway_api_key.partner.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.partners[0].id
}

resource "aws_api_gateway_domain_name" "shop" {
  domain_name              = var.domain
  regional_certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"
  security_policy          = "TLS_1_2"
  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_base_path_mapping" "shop" {
  api_id      = module.shop.id
  stage_name  = module.shop.stage
  domain_name = aws_api_gateway_domain_name.shop.domain_name
  base_path   = var.base_path
}

resource "aws_cloudwatch_log_group" "audit" {
  count             = var.audit_group ? 1 : 0
  name              = "/shop/audit"
  retention_in_days = 30
}

data "aws_iam_policy_document" "late" {
  statement {
    actions   = ["execute-api:Invoke"]
    resources = ["${module.admin.execution_arn}/*"]
  }
}

resource "aws_iam_policy" "callers" {
  name   = "callers"
  policy = data.aws_iam_policy_document.late.json
}

check "budget" {
  assert {
    condition     = var.budget > 0
    error_message = "No budget."
  }
}
