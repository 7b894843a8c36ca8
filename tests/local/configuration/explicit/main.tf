# An API of explicit resources, each with every argument that can be changed in place. `word`, `number` and
# `flag` change them all at once.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {}

variable "word" {
  type = string
}

variable "number" {
  type = number
}

variable "flag" {
  type = bool
}

locals {
  function = "arn:aws:lambda:eu-central-1:123456789012:function:${var.word}"
  pool     = "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_"
  tags     = { both = var.word, (var.word) = "own" }
}

resource "aws_api_gateway_rest_api" "this" {
  name                         = "explicit-${var.word}"
  description                  = var.word
  api_key_source               = var.flag ? "AUTHORIZER" : "HEADER"
  binary_media_types           = ["image/png", "image/${var.word}"]
  minimum_compression_size     = var.number
  disable_execute_api_endpoint = var.flag
  tags                         = local.tags

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "execute-api:Invoke"
      Resource  = "*"
      Condition = { StringEquals = { "aws:UserAgent" = var.word } }
    }]
  })

  endpoint_configuration {
    types = [var.flag ? "EDGE" : "REGIONAL"]
  }
}

resource "aws_api_gateway_rest_api" "private" {
  name = "private"

  endpoint_configuration {
    types            = ["PRIVATE"]
    vpc_endpoint_ids = ["vpce-both", "vpce-${var.word}"]
  }
}

resource "aws_api_gateway_resource" "parent" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_rest_api.this.root_resource_id
  path_part   = "parent"
}

resource "aws_api_gateway_resource" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = var.flag ? aws_api_gateway_resource.parent.id : aws_api_gateway_rest_api.this.root_resource_id
  path_part   = var.word
}

resource "aws_api_gateway_authorizer" "token" {
  rest_api_id                      = aws_api_gateway_rest_api.this.id
  name                             = "token-${var.word}"
  type                             = var.flag ? "REQUEST" : "TOKEN"
  authorizer_uri                   = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/${local.function}/invocations"
  authorizer_credentials           = "arn:aws:iam::123456789012:role/${var.word}"
  authorizer_result_ttl_in_seconds = 10 + var.number
  identity_source                  = "method.request.header.${var.word}"
  identity_validation_expression   = "${var.word}.*"
}

resource "aws_api_gateway_authorizer" "pool" {
  rest_api_id   = aws_api_gateway_rest_api.this.id
  name          = "pool-${var.word}"
  type          = "COGNITO_USER_POOLS"
  provider_arns = ["${local.pool}both", "${local.pool}${var.word}"]
}

resource "aws_api_gateway_model" "this" {
  for_each = toset(["before", "after"])

  rest_api_id  = aws_api_gateway_rest_api.this.id
  name         = each.key
  description  = var.word
  content_type = "application/json"
  schema       = jsonencode({ type = "object", required = [var.word] })
}

resource "aws_api_gateway_request_validator" "this" {
  for_each = toset(["before", "after"])

  rest_api_id                 = aws_api_gateway_rest_api.this.id
  name                        = "${each.key}-${var.word}"
  validate_request_body       = var.flag
  validate_request_parameters = !var.flag
}

resource "aws_api_gateway_method" "this" {
  rest_api_id          = aws_api_gateway_rest_api.this.id
  resource_id          = aws_api_gateway_resource.this.id
  http_method          = "POST"
  authorization        = "COGNITO_USER_POOLS"
  authorizer_id        = aws_api_gateway_authorizer.pool.id
  authorization_scopes = ["both", var.word]
  api_key_required     = var.flag
  operation_name       = var.word
  request_validator_id = aws_api_gateway_request_validator.this[var.word].id

  request_models = {
    "application/json"        = aws_api_gateway_model.this[var.word].name
    "application/${var.word}" = "Empty"
  }

  request_parameters = {
    "method.request.querystring.both"        = var.flag
    "method.request.querystring.${var.word}" = true
  }
}

resource "aws_api_gateway_method_response" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  resource_id = aws_api_gateway_resource.this.id
  http_method = aws_api_gateway_method.this.http_method
  status_code = "200"

  response_models = {
    "application/json"        = aws_api_gateway_model.this[var.word].name
    "application/${var.word}" = "Empty"
  }

  response_parameters = {
    "method.response.header.both"        = var.flag
    "method.response.header.${var.word}" = true
  }
}

resource "aws_api_gateway_integration" "this" {
  rest_api_id          = aws_api_gateway_rest_api.this.id
  resource_id          = aws_api_gateway_resource.this.id
  http_method          = aws_api_gateway_method.this.http_method
  type                 = "MOCK"
  content_handling     = var.flag ? "CONVERT_TO_TEXT" : "CONVERT_TO_BINARY"
  timeout_milliseconds = 1000 + var.number
  cache_namespace      = var.word
  cache_key_parameters = ["method.request.querystring.both", "method.request.querystring.${var.word}"]
  passthrough_behavior = "NEVER"

  request_templates = {
    "application/json"        = jsonencode({ statusCode = 200, word = var.word })
    "application/${var.word}" = jsonencode({ statusCode = 200 })
  }
}

resource "aws_api_gateway_integration_response" "this" {
  rest_api_id       = aws_api_gateway_rest_api.this.id
  resource_id       = aws_api_gateway_resource.this.id
  http_method       = aws_api_gateway_integration.this.http_method
  status_code       = aws_api_gateway_method_response.this.status_code
  selection_pattern = "2..|${var.word}"
  content_handling  = var.flag ? "CONVERT_TO_TEXT" : "CONVERT_TO_BINARY"

  response_templates = {
    "application/json"        = jsonencode({ word = var.word })
    "application/${var.word}" = ""
  }

  response_parameters = {
    "method.response.header.both"        = "'${var.word}'"
    "method.response.header.${var.word}" = "'own'"
  }
}

resource "aws_api_gateway_method" "http" {
  rest_api_id   = aws_api_gateway_rest_api.this.id
  resource_id   = aws_api_gateway_resource.parent.id
  http_method   = "GET"
  authorization = var.flag ? "AWS_IAM" : "NONE"
}

resource "aws_api_gateway_integration" "http" {
  rest_api_id             = aws_api_gateway_rest_api.this.id
  resource_id             = aws_api_gateway_resource.parent.id
  http_method             = aws_api_gateway_method.http.http_method
  type                    = "HTTP_PROXY"
  integration_http_method = "GET"
  uri                     = "https://${var.word}.example.com"
  connection_type         = var.flag ? "VPC_LINK" : "INTERNET"
  connection_id           = var.flag ? aws_api_gateway_vpc_link.this.id : null
  request_parameters = {
    "integration.request.header.both"        = "'${var.word}'"
    "integration.request.header.${var.word}" = "'own'"
  }
  tls_config {
    insecure_skip_verification = var.flag
  }
}

resource "aws_api_gateway_vpc_link" "this" {
  name        = "link-${var.word}"
  description = var.word
  target_arns = ["arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/inside/0123456789abcdef"]
  tags        = local.tags
}

resource "aws_api_gateway_gateway_response" "this" {
  rest_api_id         = aws_api_gateway_rest_api.this.id
  response_type       = "UNAUTHORIZED"
  status_code         = 400 + var.number
  response_templates  = { "application/json" = jsonencode({ word = var.word }) }
  response_parameters = { "gatewayresponse.header.${var.word}" = "'own'" }
}

resource "aws_api_gateway_documentation_part" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  properties  = jsonencode({ description = var.word })

  location {
    type   = "METHOD"
    method = "GET"
    path   = "/parent"
  }
}

resource "aws_api_gateway_documentation_version" "this" {
  for_each = toset(["before", "after"])

  rest_api_id = aws_api_gateway_rest_api.this.id
  version     = each.key
  description = var.word
  depends_on  = [aws_api_gateway_documentation_part.this]
}

resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  description = var.word
  depends_on  = [aws_api_gateway_integration_response.this, aws_api_gateway_integration.http]
}

resource "aws_api_gateway_client_certificate" "this" {
  for_each = toset(["before", "after"])

  description = var.word
  tags        = local.tags
}

resource "aws_api_gateway_stage" "this" {
  rest_api_id           = aws_api_gateway_rest_api.this.id
  stage_name            = "live"
  deployment_id         = aws_api_gateway_deployment.this.id
  description           = var.word
  documentation_version = aws_api_gateway_documentation_version.this[var.word].version
  client_certificate_id = aws_api_gateway_client_certificate.this[var.word].id
  xray_tracing_enabled  = var.flag
  variables             = { both = var.word, (var.word) = "own" }
  tags                  = local.tags
  cache_cluster_enabled = true
  cache_cluster_size    = var.flag ? "1.6" : "0.5"

  canary_settings {
    deployment_id            = aws_api_gateway_deployment.this.id
    percent_traffic          = var.number + 0.5
    use_stage_cache          = var.flag
    stage_variable_overrides = { both = var.word, (var.word) = "own" }
  }
}

resource "aws_api_gateway_method_settings" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  method_path = "*/*"

  settings {
    metrics_enabled                            = var.flag
    throttling_burst_limit                     = var.number
    throttling_rate_limit                      = var.number
    caching_enabled                            = var.flag
    cache_ttl_in_seconds                       = var.number
    cache_data_encrypted                       = var.flag
    require_authorization_for_cache_control    = !var.flag # the provider does not send a first `false`
    unauthorized_cache_control_header_strategy = var.flag ? "FAIL_WITH_403" : "SUCCEED_WITHOUT_RESPONSE_HEADER"
  }
}

resource "aws_api_gateway_api_key" "this" {
  name        = "key"
  description = var.word
  enabled     = var.flag
  customer_id = var.word
  value       = "a-value-of-twenty-letters"
  tags        = local.tags
}

resource "aws_api_gateway_usage_plan" "this" {
  name         = "plan-${var.word}"
  description  = var.word
  product_code = var.word
  tags         = local.tags

  api_stages {
    api_id = aws_api_gateway_rest_api.this.id
    stage  = aws_api_gateway_stage.this.stage_name

    throttle {
      path        = "/parent/GET"
      burst_limit = var.number
      rate_limit  = var.number + 0.5
    }
  }

  quota_settings {
    limit  = 100 + var.number
    offset = var.number
    period = var.flag ? "MONTH" : "WEEK"
  }

  throttle_settings {
    burst_limit = var.number
    rate_limit  = var.number + 0.5
  }
}

resource "aws_api_gateway_usage_plan_key" "this" {
  key_id        = aws_api_gateway_api_key.this.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.this.id
}

resource "aws_api_gateway_domain_name" "this" {
  domain_name              = "api.example.com"
  regional_certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/0123"
  security_policy          = "TLS_1_2"
  tags                     = local.tags

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_base_path_mapping" "this" {
  domain_name = aws_api_gateway_domain_name.this.domain_name
  api_id      = aws_api_gateway_rest_api.this.id
  base_path   = var.flag ? null : "v1"
  stage_name  = var.flag ? null : aws_api_gateway_stage.this.stage_name
}
