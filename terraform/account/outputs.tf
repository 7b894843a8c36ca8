output "role_arn" {
  description = "ARN of the account's CloudWatch role, once API Gateway has taken it."
  value       = module.cloudwatch_role.role_arn
}

output "role_name" {
  description = "Name of the role."
  value       = module.cloudwatch_role.role_name
}
