mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

run "the_example_orders_plans" {
  command = plan

  module {
    source = "./examples/orders"
  }

  variables {
    package = { file = "variables.tf", sha256 = filebase64sha256("variables.tf") }
  }

  assert {
    condition     = output.url == "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/prod"
    error_message = "url: ${output.url}"
  }
}
