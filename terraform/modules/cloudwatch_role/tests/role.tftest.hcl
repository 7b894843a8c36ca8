mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

run "api_gateway_alone_may_take_the_role_and_only_to_write_logs" {
  command = plan

  assert {
    condition     = [for statement in jsondecode(aws_iam_role.this.assume_role_policy).Statement : statement.Principal] == [{ Service = "apigateway.amazonaws.com" }]
    error_message = "The role trusts somebody else: ${aws_iam_role.this.assume_role_policy}"
  }

  assert {
    condition     = aws_iam_role_policy_attachment.push_to_cloudwatch_logs.policy_arn == "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
    error_message = "Policy: ${aws_iam_role_policy_attachment.push_to_cloudwatch_logs.policy_arn}"
  }

  assert {
    condition     = aws_iam_role.this.name == "apigateway-cloudwatch-eu-central-1"
    error_message = "Roles of two regions would meet under the name ${aws_iam_role.this.name}."
  }
}

run "the_account_gets_the_role_and_keeps_it_on_destroy" {
  command = plan

  assert {
    condition     = aws_api_gateway_account.this.cloudwatch_role_arn == aws_iam_role.this.arn
    error_message = "The account's setting is not the role."
  }

  # True would make a destroy clear the setting of every API of the account.
  assert {
    condition     = aws_api_gateway_account.this.reset_on_delete == null
    error_message = "reset_on_delete is set."
  }
}
