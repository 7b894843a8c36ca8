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

run "a_key_named_by_its_alias_is_refused" {
  command = plan

  variables {
    kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:alias/orders"
  }

  expect_failures = [var.kms_key_arn]
}

run "a_logs_key_named_by_its_id_is_refused" {
  command = plan

  variables {
    log_kms_key_arn = "1234abcd-12ab-34cd-56ef-1234567890ab"
  }

  expect_failures = [var.log_kms_key_arn]
}

run "a_code_signing_configuration_by_another_arn_is_refused" {
  command = plan

  variables {
    code_signing_config_arn = "arn:aws:signer:eu-central-1:123456789012:/signing-profiles/orders"
  }

  expect_failures = [var.code_signing_config_arn]
}

run "provisioned_concurrency_of_nothing_is_refused" {
  command = plan

  variables {
    provisioned_concurrency = 0
  }

  expect_failures = [var.provisioned_concurrency]
}

run "more_provisioned_than_reserved_concurrency_is_refused" {
  command = plan

  variables {
    provisioned_concurrency = 6
    reserved_concurrency    = 5
  }

  expect_failures = [var.provisioned_concurrency]
}

run "snap_start_before_python_3_12_is_refused" {
  command = plan

  variables {
    runtime    = "python3.11"
    snap_start = true
  }

  expect_failures = [var.snap_start]
}

run "snap_start_beside_provisioned_concurrency_is_refused" {
  command = plan

  variables {
    provisioned_concurrency = 1
    snap_start              = true
  }

  expect_failures = [var.snap_start]
}

run "snap_start_with_more_storage_is_refused" {
  command = plan

  variables {
    ephemeral_storage = 1024
    snap_start        = true
  }

  expect_failures = [var.snap_start]
}

run "two_versions_beside_the_newest_are_refused" {
  command = plan

  variables {
    version_weights = { "3" = 0.1, "4" = 0.1 }
  }

  expect_failures = [var.version_weights]
}

run "a_share_of_everybody_is_refused" {
  command = plan

  variables {
    version_weights = { "3" = 1 }
  }

  expect_failures = [var.version_weights]
}

run "a_weight_for_latest_is_refused" {
  command = plan

  variables {
    version_weights = { "$LATEST" = 0.1 }
  }

  expect_failures = [var.version_weights]
}

run "an_event_that_is_given_up_within_a_minute_is_refused" {
  command = plan

  variables {
    asynchronous = { max_age = 59 }
  }

  expect_failures = [var.asynchronous]
}

run "three_retries_are_refused" {
  command = plan

  variables {
    asynchronous = { max_retries = 3 }
  }

  expect_failures = [var.asynchronous]
}

run "a_destination_that_lambda_cannot_reach_is_refused" {
  command = plan

  variables {
    asynchronous = { on_failure = "arn:aws:kinesis:eu-central-1:123456789012:stream/orders" }
  }

  expect_failures = [var.asynchronous]
}

run "a_bucket_for_successes_is_refused" {
  command = plan

  variables {
    asynchronous = { on_success = "arn:aws:s3:::outcomes" }
  }

  expect_failures = [var.asynchronous]
}

run "a_dead_letter_function_is_refused" {
  command = plan

  variables {
    dead_letter_arn = "arn:aws:lambda:eu-central-1:123456789012:function:undertaker"
  }

  expect_failures = [var.dead_letter_arn]
}

run "a_fifo_queue_for_dead_letters_is_refused" {
  command = plan

  variables {
    dead_letter_arn = "arn:aws:sqs:eu-central-1:123456789012:orders.fifo"
  }

  expect_failures = [var.dead_letter_arn]
}

run "a_vpc_without_security_groups_is_refused" {
  command = plan

  variables {
    vpc = { subnet_ids = ["subnet-0a1b2c3d4e5f60718"], security_group_ids = [] }
  }

  expect_failures = [var.vpc]
}

run "a_vpc_without_subnets_is_refused" {
  command = plan

  variables {
    vpc = { subnet_ids = [], security_group_ids = ["sg-0a1b2c3d4e5f60718"] }
  }

  expect_failures = [var.vpc]
}

run "a_file_system_without_vpc_is_refused" {
  command = plan

  variables {
    file_system = { access_point_arn = "arn:aws:elasticfilesystem:eu-central-1:123456789012:access-point/fsap-0a1b2c3d4e5f60718", mount_path = "/mnt/orders" }
  }

  expect_failures = [var.file_system]
}

run "a_mount_outside_mnt_is_refused" {
  command = plan

  variables {
    vpc         = { subnet_ids = ["subnet-0a1b2c3d4e5f60718"], security_group_ids = ["sg-0a1b2c3d4e5f60718"] }
    file_system = { access_point_arn = "arn:aws:elasticfilesystem:eu-central-1:123456789012:access-point/fsap-0a1b2c3d4e5f60718", mount_path = "/data" }
  }

  expect_failures = [var.file_system]
}

run "a_file_system_in_place_of_its_access_point_is_refused" {
  command = plan

  variables {
    vpc         = { subnet_ids = ["subnet-0a1b2c3d4e5f60718"], security_group_ids = ["sg-0a1b2c3d4e5f60718"] }
    file_system = { access_point_arn = "arn:aws:elasticfilesystem:eu-central-1:123456789012:file-system/fs-0a1b2c3d4e5f60718", mount_path = "/mnt/orders" }
  }

  expect_failures = [var.file_system]
}

run "a_statement_with_a_wildcard_action_is_refused" {
  command = plan

  variables {
    statements = [{ actions = ["sqs:*"], resources = ["arn:aws:sqs:eu-central-1:123456789012:orders"] }]
  }

  expect_failures = [var.statements]
}

run "a_statement_for_every_resource_is_refused_unless_it_says_so" {
  command = plan

  variables {
    statements = [{ actions = ["sqs:SendMessage"], resources = ["*"] }]
  }

  expect_failures = [var.statements]
}
