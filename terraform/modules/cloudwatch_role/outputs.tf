output "role_arn" {
  description = "ARN of the account's CloudWatch role, once API Gateway has taken it."
  value       = aws_api_gateway_account.this.cloudwatch_role_arn
}

output "role_name" {
  description = "Name of the role."
  value       = aws_iam_role.this.name
}
