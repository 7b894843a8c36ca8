output "alias" {
  description = "Name of the alias that callers invoke."
  value       = aws_lambda_alias.live.name
}

output "alias_arn" {
  description = "ARN of the alias that callers invoke."
  value       = aws_lambda_alias.live.arn
}

output "arn" {
  description = "ARN of the function, without version."
  value       = aws_lambda_function.this.arn
}

output "invoke_arn" {
  description = "ARN for the `uri` of an API Gateway integration; invokes the alias."
  value       = aws_lambda_alias.live.invoke_arn
}

output "log_group" {
  description = "Name of the function's log group."
  value       = aws_cloudwatch_log_group.this.name
}

output "name" {
  description = "Name of the function."
  value       = aws_lambda_function.this.function_name
}

output "role_arn" {
  description = "ARN of the function's role."
  value       = aws_iam_role.this.arn
}

output "role_name" {
  description = "Name of the function's role."
  value       = aws_iam_role.this.name
}

output "version" {
  description = "Published version that the alias points to."
  value       = aws_lambda_alias.live.function_version
}
