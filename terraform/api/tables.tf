module "table" {
  source   = "../modules/table"
  for_each = var.tables

  name                   = each.value.name
  hash_key               = each.value.hash_key
  hash_key_type          = each.value.hash_key_type
  range_key              = each.value.range_key
  range_key_type         = each.value.range_key_type
  ttl_attribute          = each.value.ttl_attribute
  point_in_time_recovery = each.value.point_in_time_recovery
  deletion_protection    = each.value.deletion_protection
}
