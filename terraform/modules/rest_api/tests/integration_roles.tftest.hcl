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

run "a_service_is_called_with_a_role_that_may_do_that_and_nothing_else" {
  command = plan

  variables {
    routes = {
      "GET /orders" = {
        integration = "AWS"
        uri         = "arn:aws:apigateway:eu-central-1:dynamodb:action/Query"
        tables      = ["orders-prod-orders"]
      }
      "POST /events" = {
        integration = "AWS"
        uri         = "arn:aws:apigateway:eu-central-1:sqs:path/123456789012/events"
        statements = [{
          actions    = ["sqs:SendMessage"]
          resources  = ["arn:aws:sqs:eu-central-1:123456789012:events"]
          conditions = { StringEquals = { "aws:PrincipalTag/team" = ["orders"] } }
        }]
      }
    }
  }

  assert {
    condition = { for key, policy in aws_iam_role_policy.integration : key => jsondecode(policy.policy).Statement } == {
      "GET /orders" = [{
        Effect   = "Allow"
        Action   = ["dynamodb:Query"]
        Resource = ["arn:aws:dynamodb:eu-central-1:123456789012:table/orders-prod-orders", "arn:aws:dynamodb:eu-central-1:123456789012:table/orders-prod-orders/index/*"]
      }]
      "POST /events" = [{
        Effect    = "Allow"
        Action    = ["sqs:SendMessage"]
        Resource  = ["arn:aws:sqs:eu-central-1:123456789012:events"]
        Condition = { StringEquals = { "aws:PrincipalTag/team" = ["orders"] } }
      }]
    }
    error_message = "Policies: ${jsonencode({ for key, policy in aws_iam_role_policy.integration : key => policy.policy })}"
  }

  assert {
    condition = alltrue([
      for key, role in aws_iam_role.integration :
      "arn:aws:iam::123456789012:role/${role.name}" == values(jsondecode(output.body).paths[split(" ", key)[1]])[0]["x-amazon-apigateway-integration"].credentials
    ])
    error_message = "Roles: ${jsonencode([for role in aws_iam_role.integration : role.name])}; body: ${output.body}"
  }

  assert {
    condition = alltrue([
      for role in aws_iam_role.integration :
      jsondecode(role.assume_role_policy).Statement[0].Principal == { Service = "apigateway.amazonaws.com" }
    ])
    error_message = "Trust: ${jsonencode([for role in aws_iam_role.integration : role.assume_role_policy])}"
  }

  assert {
    condition = alltrue([
      for key, role in aws_iam_role.integration :
      aws_iam_role_policies_exclusive.integration[key].policy_names == toset(["own"]) && length(aws_iam_role_policy_attachments_exclusive.integration[key].policy_arns) == 0
    ])
    error_message = "A policy added by hand would not show."
  }
}

run "a_role_of_ones_own_and_the_callers_credentials_make_none" {
  command = plan

  variables {
    routes = {
      "GET /a" = { integration = "AWS", uri = "arn:aws:apigateway:eu-central-1:s3:path/files/a", credentials = "arn:aws:iam::123456789012:role/files" }
      "GET /b" = { integration = "AWS", uri = "arn:aws:apigateway:eu-central-1:s3:path/files/b", credentials = "arn:aws:iam::*:user/*" }
    }
  }

  assert {
    condition = [for operations in values(jsondecode(output.body).paths) : [
      operations.get["x-amazon-apigateway-integration"].credentials, operations.get["x-amazon-apigateway-integration"].httpMethod
    ]] == [["arn:aws:iam::123456789012:role/files", "GET"], ["arn:aws:iam::*:user/*", "GET"]]
    error_message = "Body: ${output.body}"
  }

  assert {
    condition     = length(aws_iam_role.integration) == 0
    error_message = "Roles: ${join(", ", keys(aws_iam_role.integration))}"
  }
}

run "a_function_called_with_a_role_gets_no_permission" {
  command = plan

  variables {
    routes = { "GET /a" = { function = "orders", credentials = "arn:aws:iam::123456789012:role/invoke" } }
  }

  assert {
    condition     = length(aws_lambda_permission.invoke) + length(aws_lambda_permission.test) == 0
    error_message = "Permissions: ${join(", ", keys(aws_lambda_permission.invoke))}"
  }

  assert {
    condition     = jsondecode(output.body).paths["/a"].get["x-amazon-apigateway-integration"].credentials == "arn:aws:iam::123456789012:role/invoke"
    error_message = "Body: ${output.body}"
  }
}

run "names_of_roles_fit_and_differ_however_long_the_apis_name_is" {
  command = plan

  variables {
    name = "an API with a name & signs that no role may have, longer than IAM takes"
    routes = {
      for method in ["GET", "POST"] : "${method} /a" => {
        integration = "AWS"
        uri         = "arn:aws:apigateway:eu-central-1:dynamodb:action/PutItem"
        tables      = ["orders"]
      }
    }
  }

  assert {
    condition     = length(distinct([for role in aws_iam_role.integration : role.name])) == 2 && alltrue([for role in aws_iam_role.integration : can(regex("^[A-Za-z0-9+=,.@_-]{1,64}$", role.name))])
    error_message = "Names: ${jsonencode([for role in aws_iam_role.integration : role.name])}"
  }
}
