mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

run "the_example_one_region_plans" {
  command = plan

  module {
    source = "./examples/one-region"
  }

  assert {
    condition     = output.role_arn == "arn:aws:iam::123456789012:role/mocked"
    error_message = "role_arn: ${output.role_arn}"
  }
}
