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
  routes     = { "GET /orders" = { function = "orders" }, "ANY /files" = { function = "orders" } }
}

run "a_cache_of_a_size_there_is_not_is_refused" {
  command = plan

  variables {
    cache = { size = "1" }
  }

  expect_failures = [var.cache]
}

run "answers_kept_for_no_time_are_refused" {
  command = plan

  variables {
    cache = { ttl = 0 }
  }

  expect_failures = [var.cache]
}

run "an_unknown_strategy_is_refused" {
  command = plan

  variables {
    cache = { unauthorized_cache_control_header_strategy = "IGNORE" }
  }

  expect_failures = [var.cache]
}

run "settings_of_an_unknown_method_are_refused" {
  command = plan

  variables {
    route_settings = { "GET /order" = {} }
  }

  expect_failures = [var.route_settings]
}

run "settings_of_any_method_are_refused" {
  command = plan

  variables {
    route_settings = { "ANY /files" = {} }
  }

  expect_failures = [var.route_settings]
}

run "turning_metrics_off_for_a_method_is_refused" {
  command = plan

  variables {
    route_settings = { "GET /orders" = { metrics = false } }
  }

  expect_failures = [var.route_settings]
}

run "kept_answers_without_a_cache_are_refused" {
  command = plan

  variables {
    route_settings = { "GET /orders" = { cache = true } }
  }

  expect_failures = [var.route_settings]
}

run "a_methods_throttle_of_nothing_is_refused" {
  command = plan

  variables {
    route_settings = { "GET /orders" = { throttle = { rate = 0, burst = 1 } } }
  }

  expect_failures = [var.route_settings]
}

run "answers_of_a_method_kept_for_more_than_an_hour_are_refused" {
  command = plan

  variables {
    cache          = {}
    route_settings = { "GET /orders" = { cache_ttl = 3601 } }
  }

  expect_failures = [var.route_settings]
}

run "an_unknown_log_level_of_a_method_is_refused" {
  command = plan

  variables {
    route_settings = { "GET /orders" = { execution_log_level = "DEBUG" } }
  }

  expect_failures = [var.route_settings]
}

run "a_cache_key_that_is_not_in_the_path_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { function = "orders", cache_key_parameters = ["method.request.path.id"] } }
  }

  expect_failures = [var.routes]
}
