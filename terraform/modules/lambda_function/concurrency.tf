# Of the alias: versions that nobody calls any more cost nothing.
resource "aws_lambda_provisioned_concurrency_config" "live" {
  for_each = var.provisioned_concurrency == null ? {} : { live = var.provisioned_concurrency }

  function_name                     = aws_lambda_alias.live.function_name
  qualifier                         = aws_lambda_alias.live.name
  provisioned_concurrent_executions = each.value
}
