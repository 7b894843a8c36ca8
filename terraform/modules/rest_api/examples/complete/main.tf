# An API with two functions, a table behind one of them, a service in a VPC, CORS for a web page, logs under a key
# of one's own, a web ACL before the stage and a canary in it.
# Needs the account's CloudWatch role: see ../../../cloudwatch_role.

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

variable "keys" {
  description = "ARNs of the KMS keys for environments and for logs."
  type        = object({ environment = string, logs = string })
}

variable "load_balancer_arn" {
  description = "ARN of the network load balancer that the stock service is behind."
  type        = string
}

variable "package" {
  description = "Deployment package of both functions: path of the zip file, and its SHA-256 in base64."
  type = object({
    file   = string
    sha256 = string
  })
}

variable "web_acl_arn" {
  description = "ARN of the regional web ACL before the stage."
  type        = string
}

locals {
  handlers = { orders = "orders.handler", reports = "reports.handler" }

  routes = {
    "GET /orders"           = { function = "orders" }
    "POST /orders"          = { function = "orders", operation_name = "createOrder" }
    "GET /orders/{orderId}" = { function = "orders" }
    "ANY /reports/{proxy+}" = { function = "reports", timeout_ms = 15000 }

    "GET /stock/{orderId}" = {
      integration = "HTTP_PROXY"
      uri         = "http://stock.internal/{orderId}"
      vpc_link    = "$${stageVariables.stock}"
    }
  }
}

module "table" {
  source = "../../../table"

  name     = "example-orders"
  hash_key = "orderId"
}

module "function" {
  source   = "../../../lambda_function"
  for_each = local.handlers

  name    = "example-${each.key}"
  handler = each.value
  package = var.package
  tables  = each.key == "orders" ? { TABLE_NAME = module.table.name } : {}

  environment          = { LOG_LEVEL = "INFO" }
  json_logs            = {}
  kms_key_arn          = var.keys.environment
  log_kms_key_arn      = var.keys.logs
  log_retention_days   = 365
  reserved_concurrency = 100
  tracing              = true
}

module "vpc_link" {
  source = "../../../vpc_link"

  name              = "example-internal"
  load_balancer_arn = var.load_balancer_arn
}

module "rest_api" {
  source = "../.."

  name      = "example"
  stage     = "prod"
  routes    = local.routes
  functions = { for key, handler in local.handlers : key => { name = "example-${key}", alias = "live" } }

  # Names above, resources here: see the variables' descriptions.
  alias_arns = { for key, function in module.function : key => function.alias_arn }

  access_logs = { group = "/aws/apigateway/example/access" }
  cors        = { allow_origin = "https://app.example.com" }
  throttle    = { rate = 50, burst = 100 }

  # Without the CLI nobody else turns execution logs on.
  execution_log_level = "ERROR"

  canary             = { percent = 10, variables = { stock = module.vpc_link.id, color = "green" } }
  client_certificate = true
  log_kms_key_arn    = var.keys.logs
  log_retention_days = 365
  production         = true
  stage_variables    = { stock = module.vpc_link.id, color = "blue" }
  tracing            = true
  web_acl_arn        = var.web_acl_arn
}

output "url" {
  description = "Invoke URL of the stage."
  value       = module.rest_api.url
}
