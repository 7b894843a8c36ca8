# A function that reads and writes a table, and sends to a queue: what the module does not know comes as a policy.

provider "aws" {
  region = "eu-central-1"
}

variable "package" {
  description = "Deployment package: path of the zip file, and its SHA-256 in base64."
  type = object({
    file   = string
    sha256 = string
  })
}

resource "aws_sqs_queue" "shipping" {
  name                    = "example-shipping"
  sqs_managed_sse_enabled = true
}

module "table" {
  source = "../../../table"

  name     = "example-orders"
  hash_key = "orderId"
}

module "function" {
  source = "../.."

  name        = "example-orders"
  handler     = "app.handler"
  package     = var.package
  environment = { QUEUE_URL = aws_sqs_queue.shipping.url }
  tables      = { TABLE_NAME = module.table.name }

  policies = {
    shipping = jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.shipping.arn
      }]
    })
  }
}

output "alias_arn" {
  description = "ARN of the alias to invoke."
  value       = module.function.alias_arn
}
