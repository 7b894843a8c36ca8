# Routes without any function: a table keeps what comes in and gives it back, a queue takes messages. Each route has a
# role of its own that may do that and nothing else.

terraform {
  required_version = ">= 1.11, < 2"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
    }
  }
}

variable "queue" {
  description = "The queue that messages go to: ARN, and path of its URL, `ACCOUNT/NAME`."
  type        = object({ arn = string, path = string })
  nullable    = false
}

data "aws_region" "current" {}

locals {
  table = "notes-prod-notes"
  uri   = "arn:aws:apigateway:${data.aws_region.current.id}"

  # DynamoDB answers 400 to what it refuses: without a pattern the client would get the error with 200.
  refused = { status = 400, pattern = "4\\d{2}", templates = { "application/json" = "{\"message\": \"not stored\"}" } }

  routes = {
    "PUT /notes/{id}" = {
      integration       = "AWS"
      uri               = "${local.uri}:dynamodb:action/PutItem"
      tables            = [local.table]
      request_templates = { "application/json" = templatefile("${path.module}/templates/put.vtl", { table = local.table }) }
      responses         = [{ status = 201, templates = { "application/json" = "{}" } }, local.refused]
    }

    "GET /notes/{id}" = {
      integration       = "AWS"
      uri               = "${local.uri}:dynamodb:action/GetItem"
      tables            = [local.table]
      request_templates = { "application/json" = templatefile("${path.module}/templates/get.vtl", { table = local.table }) }
      responses         = [{ status = 200, templates = { "application/json" = "{\"text\": $input.json('$.Item.text.S')}" } }]
    }

    # SQS takes a form; its answer has ids that are nobody's business.
    "POST /messages" = {
      integration        = "AWS"
      uri                = "${local.uri}:sqs:path/${var.queue.path}"
      statements         = [{ actions = ["sqs:SendMessage"], resources = [var.queue.arn] }]
      request_parameters = { "integration.request.header.Content-Type" = "'application/x-www-form-urlencoded'" }
      request_templates  = { "application/json" = "Action=SendMessage&MessageBody=$util.urlEncode($input.body)" }
      responses          = [{ status = 202, templates = { "application/json" = "{\"queued\": true}" } }]
    }
  }
}

module "rest_api" {
  source = "../.."

  name       = "notes"
  stage      = "prod"
  routes     = local.routes
  functions  = {}
  alias_arns = {}
}

module "table" {
  source = "../../../table"

  name     = local.table
  hash_key = "id"
}

output "body" {
  description = "The OpenAPI document the API is declared with."
  value       = module.rest_api.body
}

output "url" {
  description = "Invoke URL of the stage, without trailing slash."
  value       = module.rest_api.url
}
