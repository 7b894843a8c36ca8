# What the modules' tests get instead of AWS: an account, a region, and ARNs in AWS's form (the provider checks
# them before it sends anything).

mock_data "aws_caller_identity" {
  defaults = { account_id = "123456789012" }
}

mock_data "aws_partition" {
  defaults = { partition = "aws", dns_suffix = "amazonaws.com" }
}

mock_data "aws_region" {
  defaults = { id = "eu-central-1" } # `name` is deprecated from 6.0 on
}


mock_resource "aws_api_gateway_deployment" {
  defaults = { id = "d3pl0y" }
}

mock_resource "aws_api_gateway_rest_api" {
  defaults = {
    id            = "a1b2c3d4e5"
    arn           = "arn:aws:apigateway:eu-central-1::/restapis/a1b2c3d4e5"
    execution_arn = "arn:aws:execute-api:eu-central-1:123456789012:a1b2c3d4e5"
    policy        = ""
  }
}

mock_resource "aws_api_gateway_stage" {
  defaults = {
    arn        = "arn:aws:apigateway:eu-central-1::/restapis/a1b2c3d4e5/stages/prod"
    invoke_url = "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/prod"
  }
}

mock_resource "aws_cloudwatch_log_group" {
  defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:mocked" }
}

mock_resource "aws_dynamodb_table" {
  defaults = { arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/mocked" }
}

mock_resource "aws_iam_role" {
  defaults = { arn = "arn:aws:iam::123456789012:role/mocked" }
}

mock_resource "aws_lambda_alias" {
  defaults = {
    arn        = "arn:aws:lambda:eu-central-1:123456789012:function:mocked:live"
    invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:mocked:live/invocations"
  }
}

mock_resource "aws_lambda_function" {
  defaults = {
    arn     = "arn:aws:lambda:eu-central-1:123456789012:function:mocked"
    version = "7"
  }
}

# What somebody set by UpdateStage. It shows through wherever Terraform sets nothing itself.
mock_resource "aws_api_gateway_method_settings" {
  defaults = {
    settings = { logging_level = "AS-IT-WAS", data_trace_enabled = true }
  }
}

mock_resource "aws_api_gateway_domain_name" {
  defaults = {
    regional_domain_name   = "d-mocked.execute-api.eu-central-1.amazonaws.com"
    regional_zone_id       = "Z1U9ULNL0V5AJ3"
    cloudfront_domain_name = "d111111abcdef8.cloudfront.net"
    cloudfront_zone_id     = "Z2FDTNDATAQYW2"
  }
}

mock_resource "aws_api_gateway_vpc_link" {
  defaults = { id = "l1nk" }
}

mock_resource "aws_api_gateway_client_certificate" {
  defaults = { id = "c3rt" }
}
