mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

run "the_example_with_index_plans" {
  command = plan

  module {
    source = "./examples/with-index"
  }

  assert {
    condition     = output.arn == "arn:aws:dynamodb:eu-central-1:123456789012:table/mocked"
    error_message = "arn: ${output.arn}"
  }
}
