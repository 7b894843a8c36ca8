module "function" {
  source   = "../modules/lambda_function"
  for_each = var.functions

  name               = each.value.name
  description        = each.value.description
  handler            = each.value.handler
  runtime            = each.value.runtime
  architecture       = each.value.architecture
  memory             = each.value.memory
  timeout            = each.value.timeout
  environment        = each.value.environment
  tables             = { for variable, table in each.value.tables : variable => module.table[table].name }
  log_retention_days = each.value.log_retention_days
  package            = each.value.package

  ephemeral_storage = each.value.ephemeral_storage
  layers            = each.value.layers

  vpc         = each.value.vpc
  file_system = each.value.file_system

  reserved_concurrency    = each.value.reserved_concurrency
  provisioned_concurrency = each.value.provisioned_concurrency
  snap_start              = each.value.snap_start
  version_weights         = each.value.version_weights

  asynchronous    = each.value.asynchronous
  dead_letter_arn = each.value.dead_letter_arn

  json_logs       = each.value.json_logs
  log_kms_key_arn = each.value.log_kms_key_arn
  tracing         = each.value.tracing

  code_signing_config_arn = each.value.code_signing_config_arn
  kms_key_arn             = each.value.kms_key_arn
  permissions_boundary    = each.value.permissions_boundary
  statements              = each.value.statements
}
