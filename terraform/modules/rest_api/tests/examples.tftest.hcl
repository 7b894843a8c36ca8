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

run "the_example_vtl_plans_with_every_kind_of_integration" {
  command = plan

  module {
    source = "./examples/vtl"
  }

  variables {
    package = { file = "variables.tf", sha256 = filebase64sha256("variables.tf") }
  }

  assert {
    condition = {
      for path, operations in jsondecode(output.body).paths : path => [
        for operation in operations : operation["x-amazon-apigateway-integration"].type
      ]
      } == {
      "/quotes"           = ["AWS"]
      "/quotes/batch"     = ["AWS"]
      "/rates/{currency}" = ["HTTP_PROXY"]
      "/health"           = ["MOCK"]
    }
    error_message = "Integrations: ${output.body}"
  }

  assert {
    condition     = jsondecode(output.body).paths["/quotes/batch"].post["x-amazon-apigateway-integration"].requestParameters["integration.request.header.X-Amz-Invocation-Type"] == "'Event'"
    error_message = "The batch is waited for: ${output.body}"
  }

  assert {
    condition     = alltrue([for path in ["/quotes", "/quotes/batch"] : jsondecode(output.body).paths[path].post["x-amazon-apigateway-integration"].httpMethod == "POST"])
    error_message = "Lambda is invoked by another method than POST: ${output.body}"
  }
}
