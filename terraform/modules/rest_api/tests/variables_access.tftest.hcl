# Refusals only: none of them gets as far as the provider.

mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name       = "orders-prod"
  stage      = "prod"
  functions  = { orders = { name = "orders-prod-orders", alias = "live" } }
  alias_arns = { orders = "arn:aws:lambda:eu-central-1:123456789012:function:orders-prod-orders:live" }
  routes     = { "GET /orders" = { function = "orders" } }
}

run "a_route_with_an_unknown_authorizer_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { function = "orders", authorizer = "staff" } }
  }

  expect_failures = [var.routes]
}

run "scopes_without_a_user_pool_are_refused" {
  command = plan

  variables {
    authorizers = { signed = { type = "iam" } }
    routes      = { "GET /orders" = { function = "orders", authorizer = "signed", scopes = ["read"] } }
  }

  expect_failures = [var.routes]
}

run "an_unknown_validator_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { function = "orders", validator = "boddy" } }
  }

  expect_failures = [var.routes]
}

run "an_unknown_model_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { function = "orders", validator = "body", model = "Order" } }
  }

  expect_failures = [var.routes]
}

run "a_model_nobody_compares_with_is_refused" {
  command = plan

  variables {
    models = { Order = "{}" }
    routes = { "GET /orders" = { function = "orders", validator = "parameters", model = "Order" } }
  }

  expect_failures = [var.routes]
}

run "a_required_parameter_by_its_bare_name_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { function = "orders", validator = "all", required_parameters = ["page"] } }
  }

  expect_failures = [var.routes]
}

run "an_authorizer_without_its_alias_is_refused" {
  command = plan

  variables {
    functions = {
      orders    = { name = "orders-prod-orders", alias = "live" }
      authorize = { name = "orders-prod-authorize", alias = "live" }
    }
    authorizers = { staff = { type = "token", function = "authorize" } }
  }

  expect_failures = [var.alias_arns]
}

run "an_authorizer_called_none_is_refused" {
  command = plan

  variables {
    authorizers = { none = { type = "iam" } }
  }

  expect_failures = [var.authorizers]
}

run "an_unknown_type_of_authorizer_is_refused" {
  command = plan

  variables {
    authorizers = { staff = { type = "jwt" } }
  }

  expect_failures = [var.authorizers]
}

run "a_token_authorizer_without_a_function_is_refused" {
  command = plan

  variables {
    authorizers = { staff = { type = "token" } }
  }

  expect_failures = [var.authorizers]
}

run "an_authorizer_of_an_unknown_function_is_refused" {
  command = plan

  variables {
    authorizers = { staff = { type = "token", function = "authorize" } }
    alias_arns = {
      orders    = "arn:aws:lambda:eu-central-1:123456789012:function:orders-prod-orders:live"
      authorize = "arn:aws:lambda:eu-central-1:123456789012:function:orders-prod-authorize:live"
    }
  }

  expect_failures = [var.authorizers]
}

run "a_cognito_authorizer_without_a_user_pool_is_refused" {
  command = plan

  variables {
    authorizers = { people = { type = "cognito" } }
  }

  expect_failures = [var.authorizers]
}

run "an_identity_source_by_its_bare_name_is_refused" {
  command = plan

  variables {
    authorizers = { staff = { type = "request", function = "orders", identity_sources = ["Authorization"] } }
  }

  expect_failures = [var.authorizers]
}

run "a_token_authorizer_with_two_headers_is_refused" {
  command = plan

  variables {
    authorizers = { staff = { type = "token", function = "orders", identity_sources = ["method.request.header.A", "method.request.header.B"] } }
  }

  expect_failures = [var.authorizers]
}

run "answers_kept_without_an_identity_are_refused" {
  command = plan

  variables {
    authorizers = { staff = { type = "request", function = "orders", identity_sources = [] } }
  }

  expect_failures = [var.authorizers]
}

run "answers_kept_for_more_than_an_hour_are_refused" {
  command = plan

  variables {
    authorizers = { staff = { type = "token", function = "orders", ttl = 3601 } }
  }

  expect_failures = [var.authorizers]
}

run "an_unknown_source_of_api_keys_is_refused" {
  command = plan

  variables {
    api_key_source = "header"
  }

  expect_failures = [var.api_key_source]
}

run "a_plan_with_an_unknown_key_is_refused" {
  command = plan

  variables {
    usage_plans = { partners = { name = "partners", api_keys = ["mobile"] } }
  }

  expect_failures = [var.usage_plans]
}

run "a_key_in_two_plans_is_refused" {
  command = plan

  variables {
    api_keys    = { mobile = { name = "mobile" } }
    usage_plans = { for name in ["partners", "friends"] : name => { name = name, api_keys = ["mobile"] } }
  }

  expect_failures = [var.usage_plans]
}

run "a_quota_of_an_unknown_period_is_refused" {
  command = plan

  variables {
    usage_plans = { partners = { name = "partners", quota = { limit = 1, period = "YEAR" } } }
  }

  expect_failures = [var.usage_plans]
}

run "a_quota_from_a_day_there_is_not_is_refused" {
  command = plan

  variables {
    usage_plans = { partners = { name = "partners", quota = { limit = 1, period = "WEEK", offset = 7 } } }
  }

  expect_failures = [var.usage_plans]
}

run "a_limit_of_a_route_for_any_method_is_refused" {
  command = plan

  variables {
    routes      = { "ANY /orders" = { function = "orders" } }
    usage_plans = { partners = { name = "partners", routes = { "ANY /orders" = { rate = 1, burst = 1 } } } }
  }

  expect_failures = [var.usage_plans]
}

run "a_model_that_is_no_json_is_refused" {
  command = plan

  variables {
    models = { Order = "type: object" }
  }

  expect_failures = [var.models]
}

run "a_model_with_a_dash_in_its_name_is_refused" {
  command = plan

  variables {
    models = { new-order = "{}" }
  }

  expect_failures = [var.models]
}

run "an_unknown_gateway_response_is_refused" {
  command = plan

  variables {
    gateway_responses = { UNAUTHORISED = { status = 401 } }
  }

  expect_failures = [var.gateway_responses]
}

run "a_status_that_is_none_is_refused" {
  command = plan

  variables {
    gateway_responses = { UNAUTHORIZED = { status = 700 } }
  }

  expect_failures = [var.gateway_responses]
}

run "a_constant_without_quotes_is_refused" {
  command = plan

  variables {
    gateway_responses = { UNAUTHORIZED = { headers = { WWW-Authenticate = "Bearer" } } }
  }

  expect_failures = [var.gateway_responses]
}

run "compression_from_more_than_10_mib_is_refused" {
  command = plan

  variables {
    minimum_compression_size = 10485761
  }

  expect_failures = [var.minimum_compression_size]
}
