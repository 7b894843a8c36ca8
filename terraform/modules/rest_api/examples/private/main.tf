# A private API: reached through one VPC endpoint, its function inside the same VPC.

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

variable "package" {
  description = "Deployment package of the function: path of the zip file, and its SHA-256 in base64."
  type        = object({ file = string, sha256 = string })
}

variable "vpc" {
  description = "The VPC's subnets, the function's security groups, and the VPC endpoint of execute-api."
  type = object({
    subnet_ids         = list(string)
    security_group_ids = list(string)
    endpoint_id        = string
  })
}

module "function" {
  source = "../../../lambda_function"

  name    = "example-internal"
  handler = "app.handler"
  package = var.package
  vpc     = { subnet_ids = var.vpc.subnet_ids, security_group_ids = var.vpc.security_group_ids }
}

module "rest_api" {
  source = "../.."

  name       = "example-internal"
  stage      = "prod"
  routes     = { "ANY /internal/{proxy+}" = { function = "internal" } }
  functions  = { internal = { name = "example-internal", alias = "live" } }
  alias_arns = { internal = module.function.alias_arn }

  # Without a policy of its own the API lets these endpoints in and nobody else.
  endpoint = { type = "PRIVATE", vpc_endpoint_ids = [var.vpc.endpoint_id] }
}

output "body" {
  description = "The API as it is declared, its policy included."
  value       = module.rest_api.body
}

output "url" {
  description = "Invoke URL of the stage, which resolves inside the VPC."
  value       = module.rest_api.url
}
