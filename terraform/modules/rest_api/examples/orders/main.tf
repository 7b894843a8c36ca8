# An API with two functions, a table behind one of them, CORS for a web page, and access logs.
# Needs the account's CloudWatch role: see ../../../cloudwatch_role.

provider "aws" {
  region = "eu-central-1"
}

variable "package" {
  description = "Deployment package of both functions: path of the zip file, and its SHA-256 in base64."
  type = object({
    file   = string
    sha256 = string
  })
}

locals {
  handlers = { orders = "orders.handler", reports = "reports.handler" }

  routes = {
    "GET /orders"           = { function = "orders" }
    "POST /orders"          = { function = "orders", operation_name = "createOrder" }
    "GET /orders/{orderId}" = { function = "orders" }
    "ANY /reports/{proxy+}" = { function = "reports", timeout_ms = 15000 }
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
}

output "url" {
  description = "Invoke URL of the stage."
  value       = module.rest_api.url
}
