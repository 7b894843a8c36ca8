# Routes that are no proxy: a function behind mapping templates, one that is not waited for, another API passed
# through, and an answer without anything behind it.

terraform {
  required_version = ">= 1.11, < 2"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
    }
  }
}

variable "package" {
  description = "Deployment package of the function: file and SHA-256 in base64."
  type        = object({ file = string, sha256 = string })
  nullable    = false
}

variable "rates_api" {
  description = "URL of the API whose rates are passed through, without trailing slash."
  type        = string
  default     = "https://rates.example.com/v1"
  nullable    = false
}

locals {
  routes = {
    # The function gets what the template makes, and its errors become statuses.
    "POST /quotes" = {
      function             = "quotes"
      integration          = "AWS"
      passthrough_behavior = "NEVER" # no other Content-Type than the template's: 415
      request_templates    = { "application/json" = file("${path.module}/templates/quote.vtl") }

      responses = [
        { status = 200 },
        {
          status    = 400
          pattern   = ".*\\[400\\].*"
          headers   = { "Cache-Control" = "'no-store'" }
          templates = { "application/json" = "{\"message\": $input.json('$.errorMessage')}" }
        },
      ]
    }

    # The caller does not wait: Lambda queues the request, the answer is 202 at once.
    "POST /quotes/batch" = {
      function        = "quotes"
      integration     = "AWS"
      invocation_type = "Event"
      responses       = [{ status = 202, templates = { "application/json" = "{\"queued\": true}" } }]
    }

    "GET /rates/{currency}" = {
      integration        = "HTTP_PROXY"
      uri                = "${var.rates_api}/rates/{currency}"
      timeout_ms         = 5000
      request_parameters = { "integration.request.header.X-Request-Id" = "context.requestId" }
    }

    "GET /health" = {
      integration = "MOCK"
      responses   = [{ status = 200, templates = { "application/json" = "{\"status\": \"up\"}" } }]
    }
  }
}

module "rest_api" {
  source = "../.."

  name       = "quotes"
  stage      = "prod"
  routes     = local.routes
  functions  = { quotes = { name = "quotes-prod-quotes", alias = "live" } }
  alias_arns = { quotes = module.function.alias_arn }
}

module "function" {
  source = "../../../lambda_function"

  name    = "quotes-prod-quotes"
  handler = "app.handler"
  package = var.package
}

output "body" {
  description = "The OpenAPI document the API is declared with."
  value       = module.rest_api.body
}

output "url" {
  description = "Invoke URL of the stage, without trailing slash."
  value       = module.rest_api.url
}
