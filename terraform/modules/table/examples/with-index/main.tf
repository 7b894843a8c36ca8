# Orders by id, and by customer in the order of their date; an order may expire.

provider "aws" {
  region = "eu-central-1"
}

module "table" {
  source = "../.."

  name          = "example-orders"
  hash_key      = "orderId"
  ttl_attribute = "expiresAt"

  global_secondary_indexes = {
    by-customer = { hash_key = "customerId", range_key = "createdAt", range_key_type = "N" }
  }

  deletion_protection = true
}

output "arn" {
  description = "ARN of the table."
  value       = module.table.arn
}
