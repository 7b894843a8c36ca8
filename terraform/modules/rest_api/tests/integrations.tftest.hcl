mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name       = "orders-prod"
  stage      = "prod"
  functions  = { orders = { name = "orders-prod-orders", alias = "live" } }
  alias_arns = { orders = "arn:aws:lambda:eu-central-1:123456789012:function:orders-prod-orders:live" }
}

run "lambda_is_invoked_by_post_whatever_the_method_of_the_route" {
  command = plan

  variables {
    routes = {
      "GET /a"    = { function = "orders" }
      "DELETE /a" = { function = "orders", integration = "AWS" }
    }
  }

  assert {
    condition     = [for operation in jsondecode(output.body).paths["/a"] : operation["x-amazon-apigateway-integration"].httpMethod] == ["POST", "POST"]
    error_message = "Methods: ${output.body}"
  }
}

run "only_functions_that_a_route_invokes_get_a_permission" {
  command = plan

  variables {
    routes = { "GET /health" = { integration = "MOCK" } }
  }

  assert {
    condition     = length(aws_lambda_permission.invoke) == 0
    error_message = "Permissions: ${join(", ", keys(aws_lambda_permission.invoke))}"
  }
}

run "a_parameter_of_the_path_fills_the_uri_unless_it_is_mapped" {
  command = plan

  variables {
    routes = {
      "GET /a/{id}" = { integration = "HTTP_PROXY", uri = "https://$${stageVariables.host}/{id}" }
      "GET /b/{id}" = {
        integration        = "HTTP"
        uri                = "https://example.com/{id}"
        request_parameters = { "integration.request.path.id" = "method.request.querystring.id" }
      }
    }
  }

  assert {
    condition = [
      for path in ["/a/{id}", "/b/{id}"] : jsondecode(output.body).paths[path].get["x-amazon-apigateway-integration"].requestParameters
      ] == [
      { "integration.request.path.id" = "method.request.path.id" },
      { "integration.request.path.id" = "method.request.querystring.id" },
    ]
    error_message = "Request parameters: ${output.body}"
  }

  assert {
    # API Gateway takes from a request only what its method declares.
    condition     = [for parameter in jsondecode(output.body).paths["/b/{id}"].get.parameters : "${parameter.in} ${parameter.name} ${parameter.required}"] == ["path id true", "query id false"]
    error_message = "Parameters: ${output.body}"
  }
}

run "an_endpoint_is_reached_through_its_vpc_link_by_its_method" {
  command = plan

  variables {
    routes = { "ANY /{proxy+}" = { integration = "HTTP_PROXY", uri = "https://example.com/{proxy}", vpc_link = "a1b2c3" } }
  }

  assert {
    condition = {
      for name, value in jsondecode(output.body).paths["/{proxy+}"]["x-amazon-apigateway-any-method"]["x-amazon-apigateway-integration"] :
      name => value if contains(["connectionType", "connectionId", "httpMethod", "uri"], name)
    } == { connectionType = "VPC_LINK", connectionId = "a1b2c3", httpMethod = "ANY", uri = "https://example.com/{proxy}" }
    error_message = "Integration: ${output.body}"
  }
}

run "a_mock_answers_the_status_of_its_default_response" {
  command = plan

  variables {
    routes = { "GET /gone" = { integration = "MOCK", responses = [{ status = 500, pattern = "5.." }, { status = 410 }] } }
  }

  assert {
    condition     = jsondecode(output.body).paths["/gone"].get["x-amazon-apigateway-integration"].requestTemplates == { "application/json" = "{\"statusCode\":410}" }
    error_message = "Template: ${output.body}"
  }

  assert {
    condition     = keys(jsondecode(output.body).paths["/gone"].get.responses) == ["410", "500"]
    error_message = "Method responses: ${output.body}"
  }
}

run "a_document_of_the_users_own_is_filled_in_and_keeps_the_rest" {
  command = plan

  variables {
    openapi = <<-YAML
      openapi: 3.0.3
      info: { title: Theirs, version: "7" }
      tags: [{ name: orders }]
      paths:
        /orders/{id}:
          parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
          get: { summary: Read, responses: { "200": { description: The order } } }
        /health:
          get: { x-amazon-apigateway-integration: { type: mock } }
    YAML
    routes  = { "GET /orders/{id}" = { function = "orders" } }
  }

  assert {
    condition = { for name in ["openapi", "info", "tags"] : name => jsondecode(output.body)[name] } == {
      openapi = "3.0.3"
      info    = { title = "orders-prod", version = "7" }
      tags    = [{ name = "orders" }]
    }
    error_message = "Body: ${output.body}"
  }

  assert {
    condition = {
      for name in ["summary", "parameters", "responses"] : name => jsondecode(output.body).paths["/orders/{id}"].get[name]
      } == {
      summary    = "Read"
      parameters = [{ name = "id", in = "path", required = true, schema = { type = "integer" } }]
      responses  = { "200" = { description = "The order" } }
    }
    error_message = "Operation: ${jsonencode(jsondecode(output.body).paths["/orders/{id}"])}"
  }

  assert {
    condition = [
      jsondecode(output.body).paths["/orders/{id}"].get["x-amazon-apigateway-integration"].type,
      jsondecode(output.body).paths["/health"].get["x-amazon-apigateway-integration"],
    ] == ["AWS_PROXY", { type = "mock" }]
    error_message = "Integrations: ${output.body}"
  }
}
