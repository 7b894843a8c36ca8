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
  routes = {
    "GET /"            = { function = "orders" }
    "GET /orders/{id}" = { function = "orders", cache_key_parameters = ["method.request.path.id", "method.request.header.Authorization"] }
    "ANY /files"       = { function = "orders" }
  }

  cache    = { size = "1.6", ttl = 120 }
  metrics  = false
  throttle = { rate = 50, burst = 100 }

  route_settings = {
    "GET /"            = { throttle = { rate = 5, burst = 10 }, metrics = true, execution_log_level = "INFO" }
    "GET /orders/{id}" = { cache = true, cache_ttl = 60 }
  }
}

run "a_method_is_found_under_api_gateways_own_key" {
  command = plan

  assert {
    condition     = { for key, entry in aws_api_gateway_method_settings.route : key => entry.method_path } == { "GET /" = "~1/GET", "GET /orders/{id}" = "~1orders~1{id}/GET" }
    error_message = jsonencode({ for key, entry in aws_api_gateway_method_settings.route : key => entry.method_path })
  }
}

run "a_method_has_what_the_stage_has_where_it_says_nothing" {
  command = plan

  assert {
    condition     = aws_api_gateway_method_settings.route["GET /"].settings[0].throttling_rate_limit == 5 && aws_api_gateway_method_settings.route["GET /orders/{id}"].settings[0].throttling_rate_limit == 50
    error_message = "Rates of the methods."
  }

  assert {
    condition     = aws_api_gateway_method_settings.route["GET /"].settings[0].metrics_enabled && !aws_api_gateway_method_settings.route["GET /orders/{id}"].settings[0].metrics_enabled && !aws_api_gateway_method_settings.all.settings[0].metrics_enabled
    error_message = "Metrics of the methods."
  }

  # The mock shows what was there before wherever the module sets nothing itself.
  assert {
    condition     = aws_api_gateway_method_settings.route["GET /"].settings[0].logging_level == "INFO" && aws_api_gateway_method_settings.route["GET /orders/{id}"].settings[0].logging_level == "AS-IT-WAS"
    error_message = "Log levels of the methods."
  }
}

run "answers_are_kept_of_methods_that_say_so_and_of_no_others" {
  command = plan

  assert {
    condition     = aws_api_gateway_stage.this.cache_cluster_enabled && aws_api_gateway_stage.this.cache_cluster_size == "1.6"
    error_message = "The cache is not on the stage."
  }

  assert {
    condition     = !aws_api_gateway_method_settings.all.settings[0].caching_enabled && !aws_api_gateway_method_settings.route["GET /"].settings[0].caching_enabled
    error_message = "Answers are kept that nobody asked to keep."
  }

  assert {
    condition     = aws_api_gateway_method_settings.route["GET /orders/{id}"].settings[0].caching_enabled && aws_api_gateway_method_settings.route["GET /orders/{id}"].settings[0].cache_ttl_in_seconds == 60 && aws_api_gateway_method_settings.route["GET /orders/{id}"].settings[0].cache_data_encrypted
    error_message = "The method's answers are not kept as declared."
  }

  assert {
    condition = [
      for operation in jsondecode(output.body).paths["/orders/{id}"] : { keys = operation["x-amazon-apigateway-integration"].cacheKeyParameters, parameters = operation.parameters[*].name }
    ] == [{ keys = ["method.request.path.id", "method.request.header.Authorization"], parameters = ["id", "Authorization"] }]
    error_message = output.body
  }
}

run "without_a_cache_there_is_none" {
  command = plan

  variables {
    cache          = null
    route_settings = {}
  }

  assert {
    condition     = !aws_api_gateway_stage.this.cache_cluster_enabled && length(aws_api_gateway_method_settings.route) == 0
    error_message = "A cache, or settings, nobody asked for."
  }
}
