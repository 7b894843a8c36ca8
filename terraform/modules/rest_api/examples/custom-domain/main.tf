# An API under a domain of its own, which asks clients for a certificate; execute-api does not answer.

terraform {
  required_version = ">= 1.11, < 2"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
    }
  }
}

provider "aws" {
  region = "eu-central-1"
}

variable "certificate_arn" {
  description = "ARN of the certificate of api.example.com in ACM."
  type        = string
}

variable "package" {
  description = "Deployment package of the function: path of the zip file, and its SHA-256 in base64."
  type        = object({ file = string, sha256 = string })
}

variable "zone_id" {
  description = "Hosted zone of example.com in Route 53."
  type        = string
}

module "function" {
  source = "../../../lambda_function"

  name    = "example-orders"
  handler = "app.handler"
  package = var.package
}

module "rest_api" {
  source = "../.."

  name       = "example"
  stage      = "prod"
  routes     = { "GET /{orderId}" = { function = "orders" } }
  functions  = { orders = { name = "example-orders", alias = "live" } }
  alias_arns = { orders = module.function.alias_arn }

  # Mutual TLS is the domain's alone: this closes the way around it.
  disable_execute_api_endpoint = true
}

module "domain" {
  source = "../../../domain"

  name            = "api.example.com"
  certificate_arn = var.certificate_arn
  zone_id         = var.zone_id
  mutual_tls      = { truststore_uri = "s3://example-trust/clients.pem" }
  mappings        = { orders = { rest_api_id = module.rest_api.rest_api_id, stage = module.rest_api.stage } }
}

output "url" {
  description = "URL of the API."
  value       = module.domain.urls["orders"]
}
