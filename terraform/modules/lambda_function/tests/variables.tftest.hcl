# Refusals only: none of them gets as far as the provider.

mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name    = "orders-prod-orders"
  handler = "app.handler"
  # Any file will do for a package; this one is always there.
  package = { file = "variables.tf", sha256 = filebase64sha256("variables.tf") }
}

run "a_name_over_64_characters_is_refused" {
  command = plan

  variables {
    name = "n1234567890123456789012345678901234567890123456789012345678901234"
  }

  expect_failures = [var.name]
}

run "a_handler_without_function_is_refused" {
  command = plan

  variables {
    handler = "app"
  }

  expect_failures = [var.handler]
}

run "a_runtime_the_provider_does_not_know_is_refused" {
  command = plan

  variables {
    runtime = "python3.14"
  }

  expect_failures = [var.runtime]
}

run "an_unknown_architecture_is_refused" {
  command = plan

  variables {
    architecture = "arm"
  }

  expect_failures = [var.architecture]
}

run "memory_under_128_mb_is_refused" {
  command = plan

  variables {
    memory = 127
  }

  expect_failures = [var.memory]
}

run "memory_over_10240_mb_is_refused" {
  command = plan

  variables {
    memory = 10241
  }

  expect_failures = [var.memory]
}

run "a_timeout_of_nothing_is_refused" {
  command = plan

  variables {
    timeout = 0
  }

  expect_failures = [var.timeout]
}

run "a_timeout_over_15_minutes_is_refused" {
  command = plan

  variables {
    timeout = 901
  }

  expect_failures = [var.timeout]
}

run "a_tmp_under_512_mb_is_refused" {
  command = plan

  variables {
    ephemeral_storage = 511
  }

  expect_failures = [var.ephemeral_storage]
}

run "a_sixth_layer_is_refused" {
  command = plan

  variables {
    layers = [for n in range(6) : "arn:aws:lambda:eu-central-1:123456789012:layer:a:${n}"]
  }

  expect_failures = [var.layers]
}

run "a_layer_without_version_is_refused" {
  command = plan

  variables {
    layers = ["arn:aws:lambda:eu-central-1:123456789012:layer:a"]
  }

  expect_failures = [var.layers]
}

run "an_environment_variable_with_a_dash_is_refused" {
  command = plan

  variables {
    environment = { "LOG-LEVEL" = "INFO" }
  }

  expect_failures = [var.environment]
}

run "an_environment_variable_of_lambdas_own_is_refused" {
  command = plan

  variables {
    environment = { AWS_REGION = "eu-central-1" }
  }

  expect_failures = [var.environment]
}

run "one_name_for_a_value_and_a_table_is_refused" {
  command = plan

  variables {
    environment = { TABLE_NAME = "a" }
    tables      = { TABLE_NAME = "orders" }
  }

  expect_failures = [var.tables]
}

run "an_arn_for_a_tables_name_is_refused" {
  command = plan

  variables {
    tables = { TABLE_NAME = "arn:aws:dynamodb:eu-central-1:123456789012:table/orders" }
  }

  expect_failures = [var.tables]
}

run "a_digest_in_hex_is_refused" {
  command = plan

  variables {
    package = { file = "variables.tf", sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }
  }

  expect_failures = [var.package]
}

run "a_package_that_is_nowhere_is_refused" {
  command = plan

  variables {
    package = { sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }
  }

  expect_failures = [var.package]
}

run "a_package_in_two_places_is_refused" {
  command = plan

  variables {
    package = {
      file   = "variables.tf"
      s3     = { bucket = "artefacts", key = "orders.zip" }
      sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    }
  }

  expect_failures = [var.package]
}

run "a_retention_cloudwatch_does_not_know_is_refused" {
  command = plan

  variables {
    log_retention_days = 31
  }

  expect_failures = [var.log_retention_days]
}

run "keeping_logs_for_ever_is_refused" {
  command = plan

  variables {
    log_retention_days = 0
  }

  expect_failures = [var.log_retention_days]
}

run "a_negative_reserve_is_refused" {
  command = plan

  variables {
    reserved_concurrency = -1
  }

  expect_failures = [var.reserved_concurrency]
}

run "an_unknown_level_of_json_logs_is_refused" {
  command = plan

  variables {
    json_logs = { application_level = "LOUD" }
  }

  expect_failures = [var.json_logs]
}

run "a_policy_that_is_no_document_is_refused" {
  command = plan

  variables {
    policies = { queue = "sqs:SendMessage" }
  }

  expect_failures = [var.policies]
}

run "a_policy_under_the_modules_own_name_is_refused" {
  command = plan

  variables {
    policies = { own = jsonencode({ Version = "2012-10-17", Statement = [] }) }
  }

  expect_failures = [var.policies]
}
