mock_provider "aws" {
  source          = "../mocks"
  override_during = plan
}

variables {
  region = "eu-central-1"
}

run "the_role_and_its_name_come_out" {
  command = plan

  assert {
    condition     = output.role_name == "apigateway-cloudwatch-eu-central-1" && output.role_arn == "arn:aws:iam::123456789012:role/mocked"
    error_message = "Outputs: ${output.role_name}, ${output.role_arn}"
  }
}

run "another_name_is_taken_over" {
  command = plan

  variables {
    role_name = "gateway-logs"
  }

  assert {
    condition     = output.role_name == "gateway-logs"
    error_message = "Role: ${output.role_name}"
  }
}
