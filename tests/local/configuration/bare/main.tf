# The API of ../explicit with no argument that can be left out: what was set there is taken back.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {}

resource "aws_api_gateway_rest_api" "this" {
  name = "explicit-after"
}

resource "aws_api_gateway_resource" "parent" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_rest_api.this.root_resource_id
  path_part   = "parent"
}

resource "aws_api_gateway_resource" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_rest_api.this.root_resource_id
  path_part   = "after"
}

resource "aws_api_gateway_authorizer" "token" {
  rest_api_id    = aws_api_gateway_rest_api.this.id
  name           = "token-after"
  authorizer_uri = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:after/invocations"
}

resource "aws_api_gateway_authorizer" "pool" {
  rest_api_id   = aws_api_gateway_rest_api.this.id
  name          = "pool-after"
  type          = "COGNITO_USER_POOLS"
  provider_arns = ["arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_after"]
}

resource "aws_api_gateway_model" "this" {
  for_each = toset(["before", "after"])

  rest_api_id  = aws_api_gateway_rest_api.this.id
  name         = each.key
  content_type = "application/json"
  schema       = jsonencode({ type = "object", required = ["after"] })
}

resource "aws_api_gateway_request_validator" "this" {
  for_each = toset(["before", "after"])

  rest_api_id = aws_api_gateway_rest_api.this.id
  name        = "${each.key}-after"
}

resource "aws_api_gateway_method" "this" {
  rest_api_id   = aws_api_gateway_rest_api.this.id
  resource_id   = aws_api_gateway_resource.this.id
  http_method   = "POST"
  authorization = "NONE"
}

resource "aws_api_gateway_method_response" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  resource_id = aws_api_gateway_resource.this.id
  http_method = aws_api_gateway_method.this.http_method
  status_code = "200"
}

resource "aws_api_gateway_integration" "this" {
  rest_api_id          = aws_api_gateway_rest_api.this.id
  resource_id          = aws_api_gateway_resource.this.id
  http_method          = aws_api_gateway_method.this.http_method
  type                 = "MOCK"
  passthrough_behavior = "NEVER"
}

resource "aws_api_gateway_integration_response" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  resource_id = aws_api_gateway_resource.this.id
  http_method = aws_api_gateway_integration.this.http_method
  status_code = aws_api_gateway_method_response.this.status_code
}

resource "aws_api_gateway_method" "http" {
  rest_api_id   = aws_api_gateway_rest_api.this.id
  resource_id   = aws_api_gateway_resource.parent.id
  http_method   = "GET"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "http" {
  rest_api_id             = aws_api_gateway_rest_api.this.id
  resource_id             = aws_api_gateway_resource.parent.id
  http_method             = aws_api_gateway_method.http.http_method
  type                    = "HTTP_PROXY"
  integration_http_method = "GET"
  uri                     = "https://after.example.com"

  tls_config {
    insecure_skip_verification = false # the provider sends nothing for a block that is gone
  }
}

resource "aws_api_gateway_vpc_link" "this" {
  name        = "link-after"
  target_arns = ["arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/inside/0123456789abcdef"]
}

resource "aws_api_gateway_gateway_response" "this" {
  rest_api_id   = aws_api_gateway_rest_api.this.id
  response_type = "UNAUTHORIZED"
  # AWS fills these in, and the provider would take them out again
  status_code        = 401
  response_templates = { "application/json" = "{\"message\":$context.error.messageString}" }
}

resource "aws_api_gateway_documentation_part" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  properties  = jsonencode({ description = "after" })

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
}

resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  depends_on  = [aws_api_gateway_integration_response.this, aws_api_gateway_integration.http]
}

resource "aws_api_gateway_client_certificate" "this" {
  for_each = toset(["before", "after"])
}

resource "aws_api_gateway_stage" "this" {
  rest_api_id   = aws_api_gateway_rest_api.this.id
  stage_name    = "live"
  deployment_id = aws_api_gateway_deployment.this.id
}

resource "aws_api_gateway_api_key" "this" {
  name  = "key"
  value = "a-value-of-twenty-letters"
}

resource "aws_api_gateway_usage_plan" "this" {
  name = "plan-after"
}

resource "aws_api_gateway_usage_plan_key" "this" {
  key_id        = aws_api_gateway_api_key.this.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.this.id
}

resource "aws_api_gateway_domain_name" "this" {
  domain_name              = "api.example.com"
  regional_certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/0123"

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_base_path_mapping" "this" {
  domain_name = aws_api_gateway_domain_name.this.domain_name
  api_id      = aws_api_gateway_rest_api.this.id
}
