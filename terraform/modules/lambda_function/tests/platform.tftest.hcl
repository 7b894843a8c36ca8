# What a function has beside its code: network, file system, concurrency, keys, and where failures go.

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

run "by_default_there_is_none_of_it" {
  command = plan

  assert {
    condition     = length(aws_lambda_function.this.vpc_config) == 0 && length(aws_lambda_function.this.file_system_config) == 0 && length(aws_lambda_function.this.dead_letter_config) == 0 && length(aws_lambda_function.this.snap_start) == 0
    error_message = "The function has something that nobody asked for."
  }

  assert {
    condition     = length(aws_lambda_provisioned_concurrency_config.live) == 0 && length(aws_lambda_function_event_invoke_config.live) == 0 && length(aws_lambda_alias.live.routing_config) == 0
    error_message = "The alias has something that nobody asked for."
  }

  assert {
    condition     = aws_lambda_function.this.kms_key_arn == null && aws_cloudwatch_log_group.this.kms_key_id == null && aws_lambda_function.this.code_signing_config_arn == null
    error_message = "A key or a signature is asked for that nobody named."
  }
}

run "a_function_in_a_vpc_may_make_its_network_interfaces_but_its_code_may_not" {
  command = plan

  variables {
    vpc = { subnet_ids = ["subnet-0a1b2c3d4e5f60718"], security_group_ids = ["sg-0a1b2c3d4e5f60718"], ipv6 = true }
  }

  assert {
    condition     = one(aws_lambda_function.this.vpc_config).subnet_ids == toset(["subnet-0a1b2c3d4e5f60718"]) && one(aws_lambda_function.this.vpc_config).security_group_ids == toset(["sg-0a1b2c3d4e5f60718"]) && one(aws_lambda_function.this.vpc_config).ipv6_allowed_for_dual_stack
    error_message = "VPC: ${jsonencode(aws_lambda_function.this.vpc_config)}"
  }

  assert {
    condition = { for statement in jsondecode(aws_iam_role_policy.own.policy).Statement : statement.Sid => { effect = statement.Effect, on = statement.Resource } if statement.Sid != "WriteOwnLog" } == {
      MakeOwnNetworkInterfaces = { effect = "Allow", on = ["arn:aws:ec2:eu-central-1:123456789012:*/*"] }
      FindOwnNetworkInterfaces = { effect = "Allow", on = ["*"] }
      NotFromTheCode           = { effect = "Deny", on = ["*"] }
    }
    error_message = "Policy: ${aws_iam_role_policy.own.policy}"
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.own.policy).Statement : statement.Condition if statement.Effect == "Deny"] == [{ ArnEquals = { "lambda:SourceFunctionArn" = ["arn:aws:lambda:eu-central-1:123456789012:function:orders-prod-orders"] } }]
    error_message = "The function's own code may touch network interfaces: ${aws_iam_role_policy.own.policy}"
  }

  # Whatever the one allows the other denies to the code.
  assert {
    condition = length(setsubtract(
      flatten([for statement in jsondecode(aws_iam_role_policy.own.policy).Statement : statement.Action if statement.Effect == "Allow" && statement.Sid != "WriteOwnLog"]),
      flatten([for statement in jsondecode(aws_iam_role_policy.own.policy).Statement : statement.Action if statement.Effect == "Deny"]),
    )) == 0
    error_message = "Policy: ${aws_iam_role_policy.own.policy}"
  }
}

run "a_file_system_is_mounted_through_its_access_point_alone" {
  command = plan

  variables {
    vpc         = { subnet_ids = ["subnet-0a1b2c3d4e5f60718"], security_group_ids = ["sg-0a1b2c3d4e5f60718"] }
    file_system = { access_point_arn = "arn:aws:elasticfilesystem:eu-central-1:123456789012:access-point/fsap-0a1b2c3d4e5f60718", mount_path = "/mnt/orders", read_only = true }
  }

  assert {
    condition     = one(aws_lambda_function.this.file_system_config).local_mount_path == "/mnt/orders" && one(aws_lambda_function.this.file_system_config).arn == var.file_system.access_point_arn
    error_message = "File system: ${jsonencode(aws_lambda_function.this.file_system_config)}"
  }

  assert {
    condition = [for statement in jsondecode(aws_iam_role_policy.own.policy).Statement : statement if statement.Sid == "MountOwnFileSystem"] == [{
      Sid       = "MountOwnFileSystem"
      Effect    = "Allow"
      Action    = ["elasticfilesystem:ClientMount"]
      Resource  = ["arn:aws:elasticfilesystem:eu-central-1:123456789012:file-system/*"]
      Condition = { StringEquals = { "elasticfilesystem:AccessPointArn" = "arn:aws:elasticfilesystem:eu-central-1:123456789012:access-point/fsap-0a1b2c3d4e5f60718" } }
    }]
    error_message = "Policy: ${aws_iam_role_policy.own.policy}"
  }
}

run "outcomes_go_where_they_are_sent_and_the_role_may_send_them_there_only" {
  command = plan

  variables {
    asynchronous = {
      max_age     = 300
      max_retries = 0
      on_failure  = "arn:aws:s3:::failures"
      on_success  = "arn:aws:events:eu-central-1:123456789012:event-bus/orders"
    }
    dead_letter_arn = "arn:aws:sqs:eu-central-1:123456789012:orders-dead"
  }

  assert {
    condition     = one(aws_lambda_function.this.dead_letter_config).target_arn == "arn:aws:sqs:eu-central-1:123456789012:orders-dead"
    error_message = "Dead letters: ${jsonencode(aws_lambda_function.this.dead_letter_config)}"
  }

  assert {
    condition = {
      qualifier = aws_lambda_function_event_invoke_config.live["live"].qualifier
      age       = aws_lambda_function_event_invoke_config.live["live"].maximum_event_age_in_seconds
      retries   = aws_lambda_function_event_invoke_config.live["live"].maximum_retry_attempts
      failure   = one(one(aws_lambda_function_event_invoke_config.live["live"].destination_config).on_failure).destination
      success   = one(one(aws_lambda_function_event_invoke_config.live["live"].destination_config).on_success).destination
    } == { qualifier = "live", age = 300, retries = 0, failure = "arn:aws:s3:::failures", success = "arn:aws:events:eu-central-1:123456789012:event-bus/orders" }
    error_message = "Asynchronous: ${jsonencode(aws_lambda_function_event_invoke_config.live["live"].destination_config)}"
  }

  assert {
    condition = { for statement in jsondecode(aws_iam_role_policy.own.policy).Statement : join(",", statement.Action) => statement.Resource if startswith(statement.Sid, "HandOn") } == {
      "events:PutEvents" = ["arn:aws:events:eu-central-1:123456789012:event-bus/orders"]
      "s3:PutObject"     = ["arn:aws:s3:::failures/*"]
      "sqs:SendMessage"  = ["arn:aws:sqs:eu-central-1:123456789012:orders-dead"]
    }
    error_message = "Policy: ${aws_iam_role_policy.own.policy}"
  }
}

run "one_destination_leaves_the_other_out" {
  command = plan

  variables {
    asynchronous = { on_failure = "arn:aws:sns:eu-central-1:123456789012:failures" }
  }

  assert {
    condition     = length(one(aws_lambda_function_event_invoke_config.live["live"].destination_config).on_success) == 0
    error_message = "A destination exists that nobody named."
  }
}

run "instances_and_shares_are_the_aliases" {
  command = plan

  variables {
    provisioned_concurrency = 2
    reserved_concurrency    = 10
    version_weights         = { "6" = 0.1 }
  }

  assert {
    condition     = aws_lambda_provisioned_concurrency_config.live["live"].qualifier == "live" && aws_lambda_provisioned_concurrency_config.live["live"].provisioned_concurrent_executions == 2
    error_message = "Provisioned concurrency is not the alias's."
  }

  assert {
    condition     = one(aws_lambda_alias.live.routing_config).additional_version_weights == tomap({ "6" = 0.1 })
    error_message = "Weights: ${jsonencode(aws_lambda_alias.live.routing_config)}"
  }
}

run "snap_start_is_for_published_versions" {
  command = plan

  variables {
    snap_start = true
  }

  assert {
    condition     = one(aws_lambda_function.this.snap_start).apply_on == "PublishedVersions"
    error_message = "SnapStart: ${jsonencode(aws_lambda_function.this.snap_start)}"
  }
}

run "the_environments_key_comes_with_the_right_to_decrypt_by_it_and_the_logs_key_alone" {
  command = plan

  variables {
    environment     = { LOG_LEVEL = "INFO" }
    kms_key_arn     = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    log_kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/5678abcd-12ab-34cd-56ef-1234567890ab"
  }

  assert {
    condition     = aws_lambda_function.this.kms_key_arn == var.kms_key_arn && aws_cloudwatch_log_group.this.kms_key_id == var.log_kms_key_arn
    error_message = "A key did not arrive."
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.own.policy).Statement : statement.Resource if statement.Action == ["kms:Decrypt"]] == [[var.kms_key_arn]]
    error_message = "Policy: ${aws_iam_role_policy.own.policy}"
  }
}

run "a_key_for_no_variables_is_not_asked_for" {
  command = plan

  variables {
    kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }

  assert {
    condition     = aws_lambda_function.this.kms_key_arn == null && !strcontains(aws_iam_role_policy.own.policy, "kms:")
    error_message = "Lambda drops the key of a function without variables: it would show in every plan."
  }
}

run "a_signed_package_comes_from_s3" {
  command = plan

  variables {
    package                 = { s3 = { bucket = "packages", key = "signed/orders.zip", version = "v1" }, sha256 = filebase64sha256("variables.tf") }
    code_signing_config_arn = "arn:aws:lambda:eu-central-1:123456789012:code-signing-config:csc-0a1b2c3d4e5f60718"
  }

  assert {
    condition     = aws_lambda_function.this.code_signing_config_arn == var.code_signing_config_arn && aws_lambda_function.this.s3_key == "signed/orders.zip" && aws_lambda_function.this.filename == null
    error_message = "The signature is not asked for."
  }
}
