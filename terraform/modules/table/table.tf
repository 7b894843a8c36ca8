locals {
  _keys = concat(
    [{ name = var.hash_key, type = var.hash_key_type }],
    var.range_key == null ? [] : [{ name = var.range_key, type = var.range_key_type }],
    flatten([
      for index in var.global_secondary_indexes : concat(
        [{ name = index.hash_key, type = index.hash_key_type }],
        index.range_key == null ? [] : [{ name = index.range_key, type = index.range_key_type }],
      )
    ]),
  )

  # DynamoDB wants each key attribute once, however many keys and indexes use it; other attributes not at all.
  key_attributes = { for key in local._keys : key.name => key.type... }
}

resource "aws_dynamodb_table" "this" {
  #checkov:skip=CKV_AWS_119:encrypted by the account's key for DynamoDB; a key of one's own, `kms_key_arn`, is paid by the month and by the call
  #checkov:skip=CKV_AWS_28:on by default, `point_in_time_recovery`; what comes through for_each cannot be followed
  name                        = var.name
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = var.hash_key
  range_key                   = var.range_key
  deletion_protection_enabled = var.deletion_protection
  tags                        = var.tags

  dynamic "attribute" {
    for_each = local.key_attributes

    content {
      name = attribute.key
      type = attribute.value[0] # all the same: see the variable's validation
    }
  }

  dynamic "global_secondary_index" {
    for_each = var.global_secondary_indexes

    content {
      name               = global_secondary_index.key
      hash_key           = global_secondary_index.value.hash_key
      range_key          = global_secondary_index.value.range_key
      projection_type    = global_secondary_index.value.projection_type
      non_key_attributes = global_secondary_index.value.non_key_attributes
    }
  }

  point_in_time_recovery {
    enabled = var.point_in_time_recovery
  }

  # A key of the account's (alias aws/dynamodb) unless one is named: its use shows in CloudTrail, which that of
  # DynamoDB's own default key does not.
  server_side_encryption {
    enabled     = true
    kms_key_arn = var.kms_key_arn
  }

  dynamic "ttl" {
    for_each = var.ttl_attribute == null ? [] : [var.ttl_attribute]

    content {
      enabled        = true
      attribute_name = ttl.value
    }
  }
}
