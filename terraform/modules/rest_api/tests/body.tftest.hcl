mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name  = "orders-prod"
  stage = "prod"

  functions = {
    orders  = { name = "orders-prod-orders", alias = "live" }
    reports = { name = "orders-prod-reports", alias = "live" }
  }

  alias_arns = {
    orders  = "arn:aws:lambda:eu-central-1:123456789012:function:orders-prod-orders:live"
    reports = "arn:aws:lambda:eu-central-1:123456789012:function:orders-prod-reports:live"
  }

  routes = {
    "GET /orders"           = { function = "orders" }
    "POST /orders"          = { function = "orders", timeout_ms = 5000, operation_name = "createOrder" }
    "GET /orders/{orderId}" = { function = "orders" }
    "ANY /reports/{proxy+}" = { function = "reports" }
  }
}

run "every_route_invokes_the_alias_of_its_function_by_post_as_aws_proxy" {
  command = plan

  assert {
    condition = alltrue(flatten([
      for path, operations in jsondecode(output.body).paths : [
        for operation in operations : operation["x-amazon-apigateway-integration"].type == "AWS_PROXY"
      ]
    ]))
    error_message = "An integration is not of type AWS_PROXY: ${output.body}"
  }

  assert {
    condition = alltrue(flatten([
      for path, operations in jsondecode(output.body).paths : [
        for operation in operations : operation["x-amazon-apigateway-integration"].httpMethod == "POST"
      ]
    ]))
    error_message = "An integration's httpMethod is not POST: ${output.body}"
  }

  assert {
    condition     = jsondecode(output.body).paths["/reports/{proxy+}"]["x-amazon-apigateway-any-method"]["x-amazon-apigateway-integration"].uri == "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:orders-prod-reports:live/invocations"
    error_message = "Integration uri: ${jsondecode(output.body).paths["/reports/{proxy+}"]["x-amazon-apigateway-any-method"]["x-amazon-apigateway-integration"].uri}"
  }
}

run "the_body_holds_the_declared_routes_and_no_others" {
  command = plan

  assert {
    condition = {
      for path, operations in jsondecode(output.body).paths : path => keys(operations)
      } == {
      "/orders"           = ["get", "post"]
      "/orders/{orderId}" = ["get"]
      "/reports/{proxy+}" = ["x-amazon-apigateway-any-method"]
    }
    error_message = "Routes in the body: ${jsonencode({ for path, operations in jsondecode(output.body).paths : path => keys(operations) })}"
  }

  assert {
    condition     = aws_api_gateway_rest_api.this.body == output.body
    error_message = "The RestApi is not declared from the body."
  }

  assert {
    condition     = jsondecode(output.body).paths["/orders"].post["x-amazon-apigateway-integration"].timeoutInMillis == 5000
    error_message = "The route's timeout is not in the body."
  }

  assert {
    condition     = jsondecode(output.body).paths["/orders"].get["x-amazon-apigateway-integration"].timeoutInMillis == 29000
    error_message = "A route without timeout does not get the gateway's 29 s."
  }

  assert {
    condition     = jsondecode(output.body).paths["/orders"].post.operationId == "createOrder" && !can(jsondecode(output.body).paths["/orders"].get.operationId)
    error_message = "operationId stands where an operation name is given, and only there."
  }

  assert {
    condition     = [for parameter in jsondecode(output.body).paths["/orders/{orderId}"].get.parameters : "${parameter.in} ${parameter.name} ${parameter.required}"] == ["path orderId true"]
    error_message = "Parameters: ${jsonencode(jsondecode(output.body).paths["/orders/{orderId}"].get.parameters)}"
  }

  assert {
    condition     = jsondecode(output.body).paths["/reports/{proxy+}"]["x-amazon-apigateway-any-method"].parameters[0].name == "proxy"
    error_message = "A greedy parameter is declared without its plus sign."
  }

  assert {
    condition     = one(aws_api_gateway_rest_api.this.endpoint_configuration).types == tolist(["REGIONAL"])
    error_message = "The endpoint is not REGIONAL."
  }
}

run "arns_follow_the_partition" {
  command = plan

  override_data {
    target = data.aws_partition.current
    values = { partition = "aws-us-gov" }
  }

  assert {
    condition     = startswith(jsondecode(output.body).paths["/orders"].get["x-amazon-apigateway-integration"].uri, "arn:aws-us-gov:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws-us-gov:lambda:")
    error_message = "Integration uri: ${jsondecode(output.body).paths["/orders"].get["x-amazon-apigateway-integration"].uri}"
  }
}

run "binary_types_are_part_of_the_body" {
  command = plan

  variables {
    binary_media_types = ["image/png", "application/*"]
  }

  assert {
    condition     = tolist(jsondecode(output.body)["x-amazon-apigateway-binary-media-types"]) == tolist(["image/png", "application/*"])
    error_message = "The binary media types are not in the body."
  }
}

run "the_paths_api_gateway_takes_are_taken" {
  command = plan

  variables {
    routes = {
      "ANY /"                           = { function = "orders" }
      "GET /a.b_c-d:e"                  = { function = "orders" }
      "GET /{tenant}/orders/{order-id}" = { function = "orders" }
      "PUT /{tenant}/orders/{order-id}" = { function = "orders" }
      "HEAD /files/{path+}"             = { function = "orders" }
    }
  }

  assert {
    condition     = length(jsondecode(output.body).paths) == 4
    error_message = "Paths: ${join(", ", keys(jsondecode(output.body).paths))}"
  }
}
