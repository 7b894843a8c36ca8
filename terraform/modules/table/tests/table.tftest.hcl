mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name     = "orders-prod-orders"
  hash_key = "orderId"
}

run "a_table_is_billed_per_request_encrypted_and_backed_up" {
  command = plan

  assert {
    condition     = aws_dynamodb_table.this.billing_mode == "PAY_PER_REQUEST"
    error_message = "Billing: ${aws_dynamodb_table.this.billing_mode}"
  }

  assert {
    condition     = one(aws_dynamodb_table.this.server_side_encryption).enabled && one(aws_dynamodb_table.this.point_in_time_recovery).enabled
    error_message = "The table is not encrypted by a KMS key, or not backed up."
  }

  assert {
    condition     = [for attribute in aws_dynamodb_table.this.attribute : "${attribute.name} ${attribute.type}"] == ["orderId S"]
    error_message = "Key attributes: ${jsonencode(aws_dynamodb_table.this.attribute)}"
  }

  assert {
    condition     = !aws_dynamodb_table.this.deletion_protection_enabled && length(aws_dynamodb_table.this.ttl) == 0 && length(aws_dynamodb_table.this.global_secondary_index) == 0
    error_message = "The table has something that nobody asked for."
  }
}

run "an_attribute_of_several_keys_is_declared_once" {
  command = plan

  variables {
    range_key              = "createdAt"
    range_key_type         = "N"
    ttl_attribute          = "expiresAt"
    deletion_protection    = true
    point_in_time_recovery = false
    global_secondary_indexes = {
      by-customer = { hash_key = "customerId", range_key = "createdAt", range_key_type = "N" }
      by-order    = { hash_key = "orderId", projection_type = "INCLUDE", non_key_attributes = ["state"] }
    }
  }

  assert {
    condition     = toset([for attribute in aws_dynamodb_table.this.attribute : "${attribute.name} ${attribute.type}"]) == toset(["createdAt N", "customerId S", "orderId S"])
    error_message = "Key attributes: ${jsonencode(aws_dynamodb_table.this.attribute)}"
  }

  assert {
    condition = { for index in aws_dynamodb_table.this.global_secondary_index : index.name => "${index.hash_key} ${coalesce(index.range_key, "-")} ${index.projection_type}" } == {
      by-customer = "customerId createdAt ALL"
      by-order    = "orderId - INCLUDE"
    }
    error_message = "Indexes: ${jsonencode(aws_dynamodb_table.this.global_secondary_index)}"
  }

  assert {
    condition     = one(aws_dynamodb_table.this.ttl).attribute_name == "expiresAt" && one(aws_dynamodb_table.this.ttl).enabled
    error_message = "Items do not expire."
  }

  assert {
    condition     = aws_dynamodb_table.this.range_key == "createdAt" && aws_dynamodb_table.this.deletion_protection_enabled && !one(aws_dynamodb_table.this.point_in_time_recovery).enabled
    error_message = "A setting did not reach the table."
  }
}
