# Look first: `aws apigateway get-account`. If it shows a `cloudwatchRoleArn`, the region has a role already, and
# this would take every API's logs away from it.

provider "aws" {
  region = "eu-central-1"
}

module "cloudwatch_role" {
  source = "../.."
}

output "role_arn" {
  description = "ARN of the role API Gateway writes logs with."
  value       = module.cloudwatch_role.role_arn
}
