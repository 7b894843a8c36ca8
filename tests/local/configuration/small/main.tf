# A small API with what tends to show a permanent diff against an emulator.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
  backend "s3" {}
}

provider "aws" {}

variable "package" {
  type = string
}

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com", "apigateway.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "this" {
  name               = "small"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "table" {
  name = "table"
  role = aws_iam_role.this.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "dynamodb:GetItem", Resource = aws_dynamodb_table.this.arn }]
  })
}

resource "aws_iam_role_policy_attachment" "logs" {
  role       = aws_iam_role.this.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
}

resource "aws_api_gateway_account" "this" {
  cloudwatch_role_arn = aws_iam_role.this.arn
  depends_on          = [aws_iam_role_policy_attachment.logs]
}

resource "aws_dynamodb_table" "this" {
  name         = "small"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_cloudwatch_log_group" "access" {
  name              = "/aws/apigateway/small/access"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "function" {
  name              = "/aws/lambda/small"
  retention_in_days = 30
}

resource "aws_lambda_function" "this" {
  function_name    = "small"
  role             = aws_iam_role.this.arn
  runtime          = "python3.13"
  handler          = "app.handler"
  filename         = var.package
  source_code_hash = filebase64sha256(var.package)
  publish          = true

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.function.name
    # AWS answers INFO for both when they are unset, and provider 5.x then plans a new version each time (#42181).
    application_log_level = "INFO"
    system_log_level      = "INFO"
  }

  dead_letter_config {
    target_arn = "arn:aws:sqs:eu-central-1:${data.aws_caller_identity.current.account_id}:dead"
  }

  environment {
    variables = { TABLE = aws_dynamodb_table.this.name }
  }
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.this.function_name
  function_version = aws_lambda_function.this.version
}

resource "aws_lambda_permission" "this" {
  statement_id  = "gateway"
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  function_name = aws_lambda_function.this.function_name
  qualifier     = aws_lambda_alias.live.name
  source_arn    = "${aws_api_gateway_rest_api.this.execution_arn}/*"
}

resource "aws_api_gateway_rest_api" "this" {
  name               = "small"
  binary_media_types = ["image/png", "application/pdf"]

  body = jsonencode({
    openapi                                  = "3.0.1"
    info                                     = { title = "small", version = "1" }
    "x-amazon-apigateway-binary-media-types" = ["image/png", "application/pdf"]
    "x-amazon-apigateway-gateway-responses" = {
      DEFAULT_4XX = { responseParameters = { "gatewayresponse.header.Access-Control-Allow-Origin" = "'*'" } }
    }
    paths = {
      "/orders/{orderId}" = {
        parameters = [{ name = "orderId", in = "path", required = true, schema = { type = "string" } }]
        x-amazon-apigateway-any-method = {
          x-amazon-apigateway-integration = {
            type                = "AWS_PROXY"
            httpMethod          = "POST"
            uri                 = aws_lambda_alias.live.invoke_arn
            passthroughBehavior = "WHEN_NO_MATCH"
          }
        }
        options = {
          responses = { "204" = { description = "preflight" } }
          x-amazon-apigateway-integration = {
            type             = "MOCK"
            requestTemplates = { "application/json" = "{\"statusCode\": 204}" }
            responses        = { default = { statusCode = "204" } }
          }
        }
      }
    }
  })

  endpoint_configuration {
    types = ["REGIONAL"]
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_rest_api_policy" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "execute-api:Invoke"
      Resource  = "${aws_api_gateway_rest_api.this.execution_arn}/*"
    }]
  })
}

resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  triggers    = { body = sha1(aws_api_gateway_rest_api.this.body) }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "this" {
  rest_api_id   = aws_api_gateway_rest_api.this.id
  deployment_id = aws_api_gateway_deployment.this.id
  stage_name    = "small"
  variables     = { colour = "blue" }

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access.arn
    format          = "$context.requestId $context.status"
  }

  depends_on = [aws_api_gateway_account.this]
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  method_path = "*/*"

  settings {
    throttling_rate_limit  = 50
    throttling_burst_limit = 100
  }
}

resource "aws_api_gateway_method_settings" "one" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  method_path = "~1orders~1{orderId}/GET"

  settings {
    metrics_enabled = true
  }

  depends_on = [aws_api_gateway_method_settings.all]
}
