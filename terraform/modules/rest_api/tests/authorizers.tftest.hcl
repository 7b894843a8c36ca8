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

  authorizers = {
    staff   = { type = "token", function = "authorize", identity_validation = "^Bearer .+$", ttl = 60 }
    partner = { type = "request", function = "authorize", identity_sources = ["method.request.querystring.token", "context.identity.sourceIp"] }
    people  = { type = "cognito", user_pools = ["arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_AbCdEfGhI"], scopes = ["orders/read"] }
    signed  = { type = "iam" }
  }

  routes = {
    "GET /open"      = { function = "orders" }
    "GET /staff"     = { function = "orders", authorizer = "staff" }
    "GET /partner"   = { function = "orders", authorizer = "partner", api_key = true }
    "GET /people"    = { function = "orders", authorizer = "people" }
    "POST /people"   = { function = "orders", authorizer = "people", scopes = ["orders/write"] }
    "DELETE /people" = { function = "orders", authorizer = "people", scopes = [] }
    "GET /signed"    = { function = "orders", authorizer = "signed" }
    "GET /key"       = { function = "orders", api_key = true }
  }
}

run "each_route_asks_for_what_it_declares_and_no_more" {
  command = plan

  assert {
    condition = {
      for path, operations in jsondecode(output.body).paths : path => {
        for verb, operation in operations : verb => try(operation.security, "open")
      }
      } == {
      "/open"    = { get = "open" }
      "/staff"   = { get = [{ staff = [] }] }
      "/partner" = { get = [{ partner = [] }, { api_key = [] }] }
      "/people"  = { get = [{ people = ["orders/read"] }], post = [{ people = ["orders/write"] }], delete = [{ people = [] }] }
      "/signed"  = { get = [{ signed = [] }] }
      "/key"     = { get = [{ api_key = [] }] }
    }
    error_message = "Security of the operations: ${output.body}"
  }
}

run "an_authorizer_is_a_security_scheme_of_its_type" {
  command = plan

  assert {
    condition = jsondecode(output.body).components.securitySchemes.staff == {
      type                           = "apiKey"
      in                             = "header"
      name                           = "Authorization"
      "x-amazon-apigateway-authtype" = "custom"
      "x-amazon-apigateway-authorizer" = {
        type                         = "token"
        authorizerUri                = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:orders-prod-authorize:live/invocations"
        authorizerResultTtlInSeconds = 60
        identitySource               = "method.request.header.Authorization"
        identityValidationExpression = "^Bearer .+$"
      }
    }
    error_message = "token: ${jsonencode(jsondecode(output.body).components.securitySchemes.staff)}"
  }

  assert {
    condition = jsondecode(output.body).components.securitySchemes.partner == {
      type                           = "apiKey"
      in                             = "header"
      name                           = "Unused"
      "x-amazon-apigateway-authtype" = "custom"
      "x-amazon-apigateway-authorizer" = {
        type                         = "request"
        authorizerUri                = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:orders-prod-authorize:live/invocations"
        authorizerResultTtlInSeconds = 300
        identitySource               = "method.request.querystring.token,context.identity.sourceIp"
      }
    }
    error_message = "request: ${jsonencode(jsondecode(output.body).components.securitySchemes.partner)}"
  }

  assert {
    condition = jsondecode(output.body).components.securitySchemes.people == {
      type                           = "apiKey"
      in                             = "header"
      name                           = "Authorization"
      "x-amazon-apigateway-authtype" = "cognito_user_pools"
      "x-amazon-apigateway-authorizer" = {
        type                         = "cognito_user_pools"
        authorizerResultTtlInSeconds = 300
        identitySource               = "method.request.header.Authorization"
        providerARNs                 = ["arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_AbCdEfGhI"]
      }
    }
    error_message = "cognito: ${jsonencode(jsondecode(output.body).components.securitySchemes.people)}"
  }

  assert {
    condition     = jsondecode(output.body).components.securitySchemes.signed == { type = "apiKey", in = "header", name = "Authorization", "x-amazon-apigateway-authtype" = "awsSigv4" }
    error_message = "iam: ${jsonencode(jsondecode(output.body).components.securitySchemes.signed)}"
  }

  assert {
    condition     = jsondecode(output.body).components.securitySchemes.api_key == { type = "apiKey", in = "header", name = "x-api-key" }
    error_message = "API key: ${jsonencode(jsondecode(output.body).components.securitySchemes.api_key)}"
  }
}

run "the_api_may_ask_the_authorizers_function_as_an_authorizer_and_in_no_other_way" {
  command = plan

  assert {
    condition     = keys(aws_lambda_permission.authorize) == ["authorize"] && keys(aws_lambda_permission.invoke) == ["orders"]
    error_message = "Permissions: ${jsonencode({ authorize = keys(aws_lambda_permission.authorize), invoke = keys(aws_lambda_permission.invoke) })}"
  }

  assert {
    condition     = aws_lambda_permission.authorize["authorize"].source_arn == "arn:aws:execute-api:eu-central-1:123456789012:a1b2c3d4e5/authorizers/*"
    error_message = "Source ARN: ${aws_lambda_permission.authorize["authorize"].source_arn}"
  }

  assert {
    condition     = aws_lambda_permission.authorize["authorize"].function_name == "orders-prod-authorize" && aws_lambda_permission.authorize["authorize"].qualifier == "live"
    error_message = "The permission is on ${aws_lambda_permission.authorize["authorize"].function_name}."
  }
}

run "preflights_ask_nobody_for_anything" {
  command = plan

  variables {
    cors = {}
  }

  assert {
    condition     = alltrue([for path, operations in jsondecode(output.body).paths : !can(operations.options.security)])
    error_message = "A preflight asks for credentials, which browsers do not send: ${output.body}"
  }
}
