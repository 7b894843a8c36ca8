mock_provider "aws" {
  source          = "../mocks"
  override_during = plan
}

# As the CLI writes it: every key, unset ones as null.
variables {
  name       = "orders"
  stage      = "prod"
  region     = "eu-central-1"
  account_id = null

  api = {
    name               = "orders-prod"
    description        = null
    binary_media_types = []
    cors = {
      allow_origin      = "*"
      allow_methods     = []
      allow_headers     = ["Content-Type", "Authorization"]
      allow_credentials = false
      max_age           = 600
    }
  }

  routes = {
    "GET /orders"           = { function = "orders", timeout_ms = 29000, operation_name = null }
    "GET /orders/{orderId}" = { function = "orders", timeout_ms = 29000, operation_name = null }
  }

  functions = {
    orders = {
      name               = "orders-prod-orders"
      handler            = "app.handler"
      runtime            = "python3.13"
      architecture       = "arm64"
      memory             = 256
      timeout            = 10
      environment        = { LOG_LEVEL = "INFO" }
      tables             = { TABLE_NAME = "orders" }
      log_retention_days = 30
      # Any file will do for a package; this one is always there.
      package = { file = "variables.tf", sha256 = filebase64sha256("variables.tf") }
    }
  }

  tables = {
    orders = {
      name                   = "orders-prod-orders"
      hash_key               = "orderId"
      hash_key_type          = "S"
      range_key              = null
      range_key_type         = "S"
      ttl_attribute          = null
      point_in_time_recovery = true
      deletion_protection    = false
    }
  }

  throttle           = { rate = 50, burst = 100 }
  access_logs        = { group = "/aws/apigateway/orders-prod/access" }
  log_retention_days = 30
  stage_variables    = {}
  tags               = { team = "orders" }
}

run "what_the_cli_hands_over_makes_an_api_and_everything_comes_out" {
  command = plan

  assert {
    condition = output.functions == {
      orders = { name = "orders-prod-orders", version = "7", alias = "live", log_group = "/aws/lambda/orders-prod-orders" }
    }
    error_message = "functions: ${jsonencode(output.functions)}"
  }

  assert {
    condition     = output.tables == { orders = { name = "orders-prod-orders", arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/mocked" } }
    error_message = "tables: ${jsonencode(output.tables)}"
  }

  assert {
    condition = {
      access_log_group    = output.access_log_group
      deployment_id       = output.deployment_id
      execution_arn       = output.execution_arn
      execution_log_group = output.execution_log_group
      rest_api_id         = output.rest_api_id
      stage               = output.stage
      url                 = output.url
      } == {
      access_log_group    = "/aws/apigateway/orders-prod/access"
      deployment_id       = "d3pl0y"
      execution_arn       = "arn:aws:execute-api:eu-central-1:123456789012:a1b2c3d4e5"
      execution_log_group = "API-Gateway-Execution-Logs_a1b2c3d4e5/prod"
      rest_api_id         = "a1b2c3d4e5"
      stage               = "prod"
      url                 = "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/prod"
    }
    error_message = "An output is not what the stage is."
  }

  # `live` is written down twice, in the route's ARN and in the function's module; this holds them together.
  assert {
    condition     = strcontains(module.rest_api.body, ":function:${output.functions.orders.name}:${output.functions.orders.alias}/invocations")
    error_message = "The routes invoke another alias than the function has: ${module.rest_api.body}"
  }
}

run "what_may_be_left_out_may_be_left_out" {
  command = plan

  variables {
    api         = { name = "orders-prod" }
    routes      = { "GET /orders" = { function = "orders" } }
    functions   = { orders = { name = "orders-prod-orders", handler = "app.handler", package = { file = "variables.tf", sha256 = filebase64sha256("variables.tf") } } }
    tables      = {}
    throttle    = null
    access_logs = null
    tags        = {}
  }

  assert {
    condition     = output.access_log_group == null && output.tables == {}
    error_message = "Something exists that nobody asked for."
  }
}

run "what_stands_around_the_stage_comes_along" {
  command = plan

  variables {
    access_logs                  = { destination_arn = "arn:aws:logs:eu-central-1:123456789012:log-group:shared" }
    canary                       = { percent = 10, variables = { color = "green" } }
    client_certificate           = true
    disable_execute_api_endpoint = true
    domain                       = { name = "api.example.com", base_path = "orders", certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab", zone_id = "Z0123456789" }
    log_kms_key_arn              = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    production                   = true
    resource_policy              = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
    stage_variables              = { color = "blue" }
    vpc_links                    = { internal = { name = "orders-prod-internal", load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/internal/0a1b2c3d4e5f6071" } }
    web_acl_arn                  = "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/orders/1234abcd-12ab-34cd-56ef-1234567890ab"
  }

  assert {
    condition     = output.custom_url == "https://api.example.com/orders"
    error_message = "custom_url: ${coalesce(output.custom_url, "null")}"
  }

  assert {
    condition     = local.stage_variables == { color = "blue", vpc_link_internal = "l1nk" }
    error_message = "Stage variables: ${jsonencode(local.stage_variables)}"
  }

  assert {
    condition     = strcontains(module.rest_api.body, "x-amazon-apigateway-policy") && module.rest_api.client_certificate != null && output.access_log_group == null
    error_message = "Something did not arrive at the module."
  }
}
