module "function" {
  source   = "../modules/lambda_function"
  for_each = var.functions

  name               = each.value.name
  handler            = each.value.handler
  runtime            = each.value.runtime
  architecture       = each.value.architecture
  memory             = each.value.memory
  timeout            = each.value.timeout
  environment        = each.value.environment
  tables             = { for variable, table in each.value.tables : variable => module.table[table].name }
  log_retention_days = each.value.log_retention_days
  package            = each.value.package
  tracing            = var.tracing
}
