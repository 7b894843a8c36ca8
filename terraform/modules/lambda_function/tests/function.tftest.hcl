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

run "a_function_with_defaults_publishes_versions_and_logs_text" {
  command = plan

  assert {
    condition     = aws_lambda_function.this.publish && aws_lambda_alias.live.name == "live" && aws_lambda_alias.live.function_version == aws_lambda_function.this.version
    error_message = "The alias does not follow the published version."
  }

  assert {
    condition     = aws_lambda_function.this.source_code_hash == var.package.sha256 && aws_lambda_function.this.filename == var.package.file
    error_message = "A changed package would not be deployed."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.name == "/aws/lambda/orders-prod-orders" && aws_cloudwatch_log_group.this.retention_in_days == 30
    error_message = "The log group is ${aws_cloudwatch_log_group.this.name}, kept ${coalesce(aws_cloudwatch_log_group.this.retention_in_days, 0)} days."
  }

  assert {
    condition     = length(aws_lambda_function.this.environment) == 0 && length(aws_lambda_function.this.logging_config) == 0
    error_message = "The function has an environment or a logging configuration that nobody asked for."
  }

  assert {
    condition     = aws_lambda_function.this.reserved_concurrent_executions == -1
    error_message = "The function takes a share of the account's concurrency without having been asked to."
  }
}

run "what_is_asked_for_reaches_the_function" {
  command = plan

  variables {
    architecture         = "x86_64"
    environment          = { LOG_LEVEL = "INFO" }
    ephemeral_storage    = 1024
    json_logs            = { application_level = "DEBUG" }
    layers               = ["arn:aws:lambda:eu-central-1:123456789012:layer:a:1"]
    memory               = 512
    reserved_concurrency = 0
    runtime              = "python3.12"
    tables               = { TABLE_NAME = "orders-prod-orders" }
    timeout              = 28
    tracing              = true
  }

  assert {
    condition     = one(aws_lambda_function.this.environment).variables == tomap({ LOG_LEVEL = "INFO", TABLE_NAME = "orders-prod-orders" })
    error_message = "The environment lacks a value or a table's name."
  }

  assert {
    condition = [
      aws_lambda_function.this.architectures[0],
      tostring(one(aws_lambda_function.this.ephemeral_storage).size),
      tostring(aws_lambda_function.this.memory_size),
      aws_lambda_function.this.runtime,
      tostring(aws_lambda_function.this.timeout),
      one(aws_lambda_function.this.tracing_config).mode,
      one(aws_lambda_function.this.layers),
    ] == ["x86_64", "1024", "512", "python3.12", "28", "Active", "arn:aws:lambda:eu-central-1:123456789012:layer:a:1"]
    error_message = "A setting did not reach the function."
  }

  assert {
    condition     = one(aws_lambda_function.this.logging_config).log_format == "JSON" && one(aws_lambda_function.this.logging_config).application_log_level == "DEBUG" && one(aws_lambda_function.this.logging_config).log_group == aws_cloudwatch_log_group.this.name
    error_message = "JSON logs are not configured as asked."
  }

  assert {
    condition     = aws_lambda_function.this.reserved_concurrent_executions == 0
    error_message = "A reserve of 0, which stops the function, is taken for none."
  }
}

run "a_package_that_is_not_the_planned_one_is_refused" {
  command = plan

  variables {
    package = { file = "variables.tf", sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }
  }

  expect_failures = [aws_lambda_function.this]
}

run "a_package_in_s3_is_taken_by_its_version" {
  command = plan

  variables {
    package = {
      s3     = { bucket = "artefacts", key = "orders.zip", version = "3" }
      sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    }
  }

  assert {
    condition     = aws_lambda_function.this.s3_bucket == "artefacts" && aws_lambda_function.this.s3_key == "orders.zip" && aws_lambda_function.this.s3_object_version == "3"
    error_message = "Lambda would read another object."
  }

  assert {
    condition     = aws_lambda_function.this.filename == null && aws_lambda_function.this.source_code_hash == var.package.sha256
    error_message = "A changed package in S3 would not be deployed."
  }
}

run "a_package_that_is_gone_is_refused" {
  command = plan

  variables {
    package = { file = "no-such-package.zip", sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }
  }

  expect_failures = [aws_lambda_function.this]
}
