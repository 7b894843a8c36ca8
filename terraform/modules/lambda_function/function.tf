resource "aws_lambda_function" "this" {
  #checkov:skip=CKV_AWS_116:API Gateway waits for the answer, so nothing is queued that could be lost; `dead_letter_arn` and `asynchronous` for what is not waited for
  #checkov:skip=CKV_AWS_117:`vpc` puts it into one; from there it needs a NAT gateway or endpoints to reach anything else
  #checkov:skip=CKV_AWS_272:`code_signing_config_arn` turns it on; the signing profile is the account's
  function_name                  = var.name
  description                    = var.description
  role                           = aws_iam_role.this.arn
  filename                       = var.package.file
  s3_bucket                      = try(var.package.s3.bucket, null)
  s3_key                         = try(var.package.s3.key, null)
  s3_object_version              = try(var.package.s3.version, null)
  source_code_hash               = var.package.sha256
  code_signing_config_arn        = var.code_signing_config_arn
  handler                        = var.handler
  runtime                        = var.runtime
  architectures                  = [var.architecture]
  memory_size                    = var.memory
  timeout                        = var.timeout
  layers                         = var.layers
  kms_key_arn                    = local.environment_key
  reserved_concurrent_executions = var.reserved_concurrency == null ? -1 : var.reserved_concurrency # -1: the account's pool
  publish                        = true                                                             # a version a change, for the alias to point to
  tags                           = var.tags

  dynamic "dead_letter_config" {
    for_each = var.dead_letter_arn == null ? [] : [var.dead_letter_arn]

    content {
      target_arn = dead_letter_config.value
    }
  }

  dynamic "environment" {
    for_each = length(local.environment) > 0 ? [local.environment] : []

    content {
      variables = environment.value
    }
  }

  ephemeral_storage {
    size = var.ephemeral_storage
  }

  dynamic "file_system_config" {
    for_each = var.file_system == null ? [] : [var.file_system]

    content {
      arn              = file_system_config.value.access_point_arn
      local_mount_path = file_system_config.value.mount_path
    }
  }

  # Left out unless asked for: Lambda's own default is text, which `tail` shows as the handler wrote it. A
  # handler with a structured logger writes JSON lines already; Lambda's JSON format wraps `print` only.
  dynamic "logging_config" {
    for_each = var.json_logs == null ? [] : [var.json_logs]

    content {
      log_format            = "JSON"
      log_group             = local.log_group_name
      application_log_level = logging_config.value.application_level
      system_log_level      = logging_config.value.system_level
    }
  }

  dynamic "snap_start" {
    for_each = var.snap_start ? ["PublishedVersions"] : []

    content {
      apply_on = snap_start.value
    }
  }

  tracing_config {
    mode = var.tracing ? "Active" : "PassThrough"
  }

  dynamic "vpc_config" {
    for_each = var.vpc == null ? [] : [var.vpc]

    content {
      subnet_ids                  = vpc_config.value.subnet_ids
      security_group_ids          = vpc_config.value.security_group_ids
      ipv6_allowed_for_dual_stack = vpc_config.value.ipv6
    }
  }

  lifecycle {
    precondition {
      # A saved plan holds the digest but not the file: without this, a package changed between plan and apply
      # would go live unseen. An object in S3 is named by its version, which can't change.
      condition     = var.package.s3 != null ? true : fileexists(var.package.file)
      error_message = "The deployment package is not here: ${coalesce(var.package.file, "-")}. The same source packaged again is this very file."
    }

    precondition {
      condition     = var.package.s3 != null ? true : try(filebase64sha256(var.package.file), var.package.sha256) == var.package.sha256
      error_message = "The deployment package is not the one that was planned: ${coalesce(var.package.file, "-")} has the SHA-256 ${try(filebase64sha256(var.package.file), "-")}, expected ${var.package.sha256}. Package again, then plan again."
    }
  }

  depends_on = [
    # Lambda creates a missing log group itself, without retention, on the first invocation.
    aws_cloudwatch_log_group.this,
    # A function that starts before its role has its policies logs nothing and reads no table.
    aws_iam_role_policy.more,
    aws_iam_role_policy.own,
  ]
}

# What callers invoke. A code change moves the alias to the new version; the API's body stays as it is.
resource "aws_lambda_alias" "live" {
  name             = "live"
  description      = "The version that callers get"
  function_name    = aws_lambda_function.this.function_name
  function_version = aws_lambda_function.this.version

  # The share of another version is taken from the one above.
  dynamic "routing_config" {
    for_each = length(var.version_weights) == 0 ? [] : [var.version_weights]

    content {
      additional_version_weights = routing_config.value
    }
  }

  lifecycle {
    # A function that is replaced under its name takes its aliases along.
    replace_triggered_by = [aws_lambda_function.this.arn]
  }
}
