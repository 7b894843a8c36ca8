mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

run "the_example_own_policy_plans" {
  command = plan

  module {
    source = "./examples/own-policy"
  }

  variables {
    package = { file = "variables.tf", sha256 = filebase64sha256("variables.tf") }
  }

  assert {
    condition     = output.alias_arn == "arn:aws:lambda:eu-central-1:123456789012:function:mocked:live"
    error_message = "alias_arn: ${output.alias_arn}"
  }
}
