mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name  = "orders-prod"
  stage = "prod"

  functions = {
    orders    = { name = "orders-prod-orders", alias = "live" }
    authorize = { name = "orders-prod-authorize", alias = "live" }
  }

  alias_arns = {
    orders    = "arn:aws:lambda:eu-central-1:123456789012:function:orders-prod-orders:live"
    authorize = "arn:aws:lambda:eu-central-1:123456789012:function:orders-prod-authorize:live"
  }

  models = {
    Order   = jsonencode({ "$schema" = "http://json-schema.org/draft-04/schema#", type = "object", required = ["name"], properties = { address = { "$ref" = "#/components/schemas/Address" } } })
    Address = jsonencode({ type = "object" })
  }

  routes = {
    "GET /orders"      = { function = "orders", validator = "parameters", required_parameters = ["method.request.querystring.page", "method.request.header.X-Tenant"] }
    "POST /orders"     = { function = "orders", validator = "body", model = "Order" }
    "PUT /orders/{id}" = { function = "orders", validator = "all", model = "Order" }
    "DELETE /orders"   = { function = "orders" }
  }
}

run "a_route_has_the_validator_it_names" {
  command = plan

  assert {
    condition = jsondecode(output.body)["x-amazon-apigateway-request-validators"] == {
      all        = { validateRequestBody = true, validateRequestParameters = true }
      body       = { validateRequestBody = true, validateRequestParameters = false }
      parameters = { validateRequestBody = false, validateRequestParameters = true }
    }
    error_message = "Validators: ${jsonencode(jsondecode(output.body)["x-amazon-apigateway-request-validators"])}"
  }

  assert {
    condition = {
      for verb, operation in jsondecode(output.body).paths["/orders"] : verb => lookup(operation, "x-amazon-apigateway-request-validator", "none")
    } == { get = "parameters", post = "body", delete = "none" }
    error_message = "Validators of the operations: ${output.body}"
  }
}

run "bodies_are_compared_with_the_model_as_it_was_written" {
  command = plan

  assert {
    condition = jsondecode(output.body).components.schemas == {
      Order   = { type = "object", required = ["name"], properties = { address = { "$ref" = "#/components/schemas/Address" } } }
      Address = { type = "object" }
    }
    error_message = "Models: ${jsonencode(jsondecode(output.body).components.schemas)}"
  }

  assert {
    condition     = jsondecode(output.body).paths["/orders"].post.requestBody == { content = { "application/json" = { schema = { "$ref" = "#/components/schemas/Order" } } } }
    error_message = "Body of POST: ${jsonencode(jsondecode(output.body).paths["/orders"].post)}"
  }

  assert {
    condition     = !can(jsondecode(output.body).paths["/orders"].get.requestBody)
    error_message = "A route without a model has a body."
  }
}

run "required_parameters_stand_beside_those_of_the_path" {
  command = plan

  assert {
    condition = jsondecode(output.body).paths["/orders"].get.parameters == [
      { name = "X-Tenant", in = "header", required = true, schema = { type = "string" } },
      { name = "page", in = "query", required = true, schema = { type = "string" } },
    ]
    error_message = "Parameters: ${jsonencode(jsondecode(output.body).paths["/orders"].get.parameters)}"
  }

  assert {
    condition     = jsondecode(output.body).paths["/orders/{id}"].put.parameters[*].name == ["id"]
    error_message = "Parameters: ${jsonencode(jsondecode(output.body).paths["/orders/{id}"].put.parameters)}"
  }
}

run "without_models_and_validators_the_body_has_none" {
  command = plan

  variables {
    models = {}
    routes = { "GET /orders" = { function = "orders" } }
  }

  assert {
    condition     = !can(jsondecode(output.body).components) && !can(jsondecode(output.body)["x-amazon-apigateway-request-validators"])
    error_message = output.body
  }
}
