# Refusals only: none of them gets as far as the provider.

mock_provider "aws" {
  source          = "../mocks"
  override_during = plan
}

variables {
  name   = "orders"
  stage  = "prod"
  region = "eu-central-1"
  api    = { name = "orders-prod" }
  routes = { "GET /orders" = { function = "orders" } }

  functions = {
    orders = {
      name    = "orders-prod-orders"
      handler = "app.handler"
      package = { file = "variables.tf", sha256 = filebase64sha256("variables.tf") }
    }
  }
}

run "an_account_id_with_letters_is_refused" {
  command = plan

  variables {
    account_id = "prod"
  }

  expect_failures = [var.account_id]
}

run "a_route_to_an_unknown_function_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { function = "ordres" } }
  }

  expect_failures = [var.routes]
}

run "a_function_with_an_unknown_table_is_refused" {
  command = plan

  variables {
    functions = {
      orders = {
        name    = "orders-prod-orders"
        handler = "app.handler"
        tables  = { TABLE_NAME = "ordres" }
        package = { file = "variables.tf", sha256 = filebase64sha256("variables.tf") }
      }
    }
  }

  expect_failures = [var.functions]
}

run "two_functions_under_one_name_are_refused" {
  command = plan

  variables {
    functions = {
      for key in ["orders", "reports"] : key => {
        name    = "orders-prod-orders"
        handler = "app.handler"
        package = { file = "variables.tf", sha256 = filebase64sha256("variables.tf") }
      }
    }
  }

  expect_failures = [var.functions]
}

run "two_tables_under_one_name_are_refused" {
  command = plan

  variables {
    tables = {
      orders  = { name = "orders-prod-orders", hash_key = "orderId" }
      archive = { name = "orders-prod-orders", hash_key = "orderId" }
    }
  }

  expect_failures = [var.tables]
}
