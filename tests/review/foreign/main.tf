# An API as other people write it: every resource and method by hand. The variables are what a change changes.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "authorization" { default = "AWS_IAM" }
variable "api_key_required" { default = true }
variable "integration_type" { default = "AWS_PROXY" }
variable "integration_http_method" { default = "POST" }
variable "integration_timeout" { default = 29000 }
variable "validator" { default = true }
variable "delete_route" { default = true }
variable "items_route" { default = false }
variable "source_arn_all" { default = false }
variable "permission" { default = true }
variable "data_trace" { default = false }
variable "retention" { default = 30 }
variable "throttle" { default = 100 }
variable "open_policy" { default = false }
variable "iam_actions" { default = ["dynamodb:GetItem"] }
variable "iam_resources" { default = ["arn:aws:dynamodb:eu-central-1:123456789012:table/pets"] }
variable "environment" { default = { LOG_LEVEL = "INFO" } }
variable "runtime" { default = "python3.13" }
variable "path" { default = "pets" }
variable "cors_credentials" { default = false }

variable "shared_secret" {
  default   = "canary-sensitive-variable"
  sensitive = true
}

resource "aws_api_gateway_rest_api" "pets" {
  name = "pets"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "execute-api:Invoke"
      Resource  = "*"
      Condition = var.open_policy ? {} : { IpAddress = { "aws:SourceIp" = ["192.0.2.0/24"] } }
    }]
  })
}

resource "aws_api_gateway_resource" "pets" {
  rest_api_id = aws_api_gateway_rest_api.pets.id
  parent_id   = aws_api_gateway_rest_api.pets.root_resource_id
  path_part   = var.path
}

resource "aws_api_gateway_resource" "pet" {
  rest_api_id = aws_api_gateway_rest_api.pets.id
  parent_id   = aws_api_gateway_resource.pets.id
  path_part   = "{petId}"
}

resource "aws_api_gateway_request_validator" "all" {
  rest_api_id                 = aws_api_gateway_rest_api.pets.id
  name                        = "all"
  validate_request_body       = true
  validate_request_parameters = true
}

resource "aws_api_gateway_authorizer" "token" {
  rest_api_id    = aws_api_gateway_rest_api.pets.id
  name           = "token"
  authorizer_uri = aws_lambda_function.pets.invoke_arn
}

resource "aws_api_gateway_method" "list" {
  rest_api_id          = aws_api_gateway_rest_api.pets.id
  resource_id          = aws_api_gateway_resource.pets.id
  http_method          = "GET"
  authorization        = var.authorization
  authorizer_id        = var.authorization == "CUSTOM" ? aws_api_gateway_authorizer.token.id : null
  api_key_required     = var.api_key_required
  request_validator_id = var.validator ? aws_api_gateway_request_validator.all.id : null
}

resource "aws_api_gateway_integration" "list" {
  rest_api_id             = aws_api_gateway_rest_api.pets.id
  resource_id             = aws_api_gateway_resource.pets.id
  http_method             = aws_api_gateway_method.list.http_method
  type                    = var.integration_type
  integration_http_method = var.integration_http_method
  uri                     = aws_lambda_function.pets.invoke_arn
  timeout_milliseconds    = var.integration_timeout
}

resource "aws_api_gateway_method" "delete" {
  count         = var.delete_route ? 1 : 0
  rest_api_id   = aws_api_gateway_rest_api.pets.id
  resource_id   = aws_api_gateway_resource.pet.id
  http_method   = "DELETE"
  authorization = "CUSTOM"
  authorizer_id = aws_api_gateway_authorizer.token.id
}

resource "aws_api_gateway_integration" "delete" {
  count                   = var.delete_route ? 1 : 0
  rest_api_id             = aws_api_gateway_rest_api.pets.id
  resource_id             = aws_api_gateway_resource.pet.id
  http_method             = aws_api_gateway_method.delete[0].http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.pets.invoke_arn
}

resource "aws_api_gateway_resource" "items" {
  for_each    = var.items_route ? toset(["toys", "food"]) : []
  rest_api_id = aws_api_gateway_rest_api.pets.id
  parent_id   = aws_api_gateway_resource.pet.id
  path_part   = each.key
}

resource "aws_api_gateway_method" "items" {
  for_each      = aws_api_gateway_resource.items
  rest_api_id   = aws_api_gateway_rest_api.pets.id
  resource_id   = each.value.id
  http_method   = "GET"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "items" {
  for_each                = aws_api_gateway_resource.items
  rest_api_id             = aws_api_gateway_rest_api.pets.id
  resource_id             = each.value.id
  http_method             = aws_api_gateway_method.items[each.key].http_method
  type                    = "AWS_PROXY"
  integration_http_method = "GET"
  uri                     = aws_lambda_function.pets.invoke_arn
}

resource "aws_api_gateway_method" "options" {
  rest_api_id   = aws_api_gateway_rest_api.pets.id
  resource_id   = aws_api_gateway_resource.pets.id
  http_method   = "OPTIONS"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "options" {
  rest_api_id = aws_api_gateway_rest_api.pets.id
  resource_id = aws_api_gateway_resource.pets.id
  http_method = aws_api_gateway_method.options.http_method
  type        = "MOCK"
}

resource "aws_api_gateway_method_response" "options" {
  rest_api_id = aws_api_gateway_rest_api.pets.id
  resource_id = aws_api_gateway_resource.pets.id
  http_method = aws_api_gateway_method.options.http_method
  status_code = "200"
  response_parameters = {
    "method.response.header.Access-Control-Allow-Origin"      = true
    "method.response.header.Access-Control-Allow-Credentials" = true
  }
}

resource "aws_api_gateway_integration_response" "options" {
  depends_on  = [aws_api_gateway_integration.options, aws_api_gateway_method_response.options]
  rest_api_id = aws_api_gateway_rest_api.pets.id
  resource_id = aws_api_gateway_resource.pets.id
  http_method = aws_api_gateway_method.options.http_method
  status_code = "200"
  response_parameters = merge(
    { "method.response.header.Access-Control-Allow-Origin" = "'*'" },
    var.cors_credentials ? { "method.response.header.Access-Control-Allow-Credentials" = "'true'" } : {},
  )
}

resource "aws_api_gateway_deployment" "pets" {
  rest_api_id = aws_api_gateway_rest_api.pets.id
  triggers    = { redeployment = sha1(jsonencode([var.authorization, var.integration_type, var.path])) }
  depends_on = [
    aws_api_gateway_integration.list,
    aws_api_gateway_integration.delete,
    aws_api_gateway_integration.items,
    aws_api_gateway_integration.options,
  ]
  lifecycle { create_before_destroy = true }
}

resource "aws_api_gateway_stage" "prod" {
  rest_api_id   = aws_api_gateway_rest_api.pets.id
  deployment_id = aws_api_gateway_deployment.pets.id
  stage_name    = "prod"
  variables     = { backend = "canary-stage-variable" }
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.pets.id
  stage_name  = aws_api_gateway_stage.prod.stage_name
  method_path = "*/*"
  settings {
    logging_level          = "OFF" # the account has no role to log with
    data_trace_enabled     = var.data_trace
    throttling_rate_limit  = var.throttle
    throttling_burst_limit = var.throttle
  }
}

resource "aws_cloudwatch_log_group" "pets" {
  name              = "/aws/lambda/pets"
  retention_in_days = var.retention
}

resource "aws_iam_role" "pets" {
  name = "pets"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "pets" {
  name = "pets"
  role = aws_iam_role.pets.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "Pets", Effect = "Allow", Action = var.iam_actions, Resource = var.iam_resources }]
  })
}

resource "aws_lambda_function" "pets" {
  function_name    = "pets"
  role             = aws_iam_role.pets.arn
  filename         = "package.zip"
  source_code_hash = filebase64sha256("package.zip")
  handler          = "app.handler"
  runtime          = var.runtime
  timeout          = 10
  environment { variables = merge(var.environment, { SHARED = var.shared_secret }) }
}

resource "aws_lambda_permission" "pets" {
  count         = var.permission ? 1 : 0
  statement_id  = "gateway"
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  function_name = aws_lambda_function.pets.function_name
  source_arn    = var.source_arn_all ? null : "${aws_api_gateway_rest_api.pets.execution_arn}/prod/*/*"
}

resource "aws_api_gateway_api_key" "partner" {
  name  = "partner"
  value = "canary-api-key-with-enough-characters"
}

output "key" {
  value     = var.shared_secret
  sensitive = true
}
