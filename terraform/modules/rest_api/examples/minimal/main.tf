# One function, one route, one stage.

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

module "function" {
  source = "../../../lambda_function"

  name    = "example-hello"
  handler = "app.handler"
  package = var.package
}

module "rest_api" {
  source = "../.."

  name       = "example"
  stage      = "prod"
  routes     = { "GET /hello" = { function = "hello" } }
  functions  = { hello = { name = "example-hello", alias = "live" } }
  alias_arns = { hello = module.function.alias_arn }
}

output "url" {
  description = "Invoke URL of the stage."
  value       = module.rest_api.url
}
