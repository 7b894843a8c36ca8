# What is logged of requests, where it goes, and what production forbids.

variable "access_logs" {
  description = "Access log of the stage, one line a request; null for none. It goes to the log group `group`, which the module creates, or to `destination_arn`: a log group that exists, or a Firehose stream called `amazon-apigateway-…`. The line is JSON with the ids that join it with the other logs; `fields` adds to it, `format` takes its place. Needs the account's CloudWatch role (module `cloudwatch_role`), Firehose excepted."
  type = object({
    group           = optional(string)
    destination_arn = optional(string)
    fields          = optional(map(string), {})
    format          = optional(string)
  })
  default = null

  validation {
    condition     = var.access_logs == null ? true : (var.access_logs.group == null) != (var.access_logs.destination_arn == null)
    error_message = "An access log goes to a `group` or to a `destination_arn`, not to both; seen: ${jsonencode(var.access_logs)}."
  }

  validation {
    condition     = try(var.access_logs.group, null) == null ? true : can(regex("^[A-Za-z0-9._/#-]{1,512}$", var.access_logs.group))
    error_message = "A log group's name has 1 to 512 of the characters A-Z a-z 0-9 . _ / # -; seen: `${coalesce(try(var.access_logs.group, null), "null")}`."
  }

  validation {
    # API Gateway refuses the `:*` that other services put behind a log group's ARN.
    condition     = try(var.access_logs.destination_arn, null) == null ? true : can(regex("^arn:[a-z-]+:(logs:[a-z0-9-]+:[0-9]{12}:log-group:[A-Za-z0-9._/#-]+|firehose:[a-z0-9-]+:[0-9]{12}:deliverystream/amazon-apigateway-[A-Za-z0-9._-]+)$", var.access_logs.destination_arn))
    error_message = "`destination_arn` is a log group's ARN without `:*`, or that of a Firehose stream called `amazon-apigateway-…`; seen: `${coalesce(try(var.access_logs.destination_arn, null), "null")}`."
  }

  validation {
    condition     = try(var.access_logs.format, null) == null ? true : can(regex("\\$context\\.(requestId|extendedRequestId)", var.access_logs.format)) && !can(regex("[\r\n]", var.access_logs.format))
    error_message = "An access log's format is one line, with $context.requestId or $context.extendedRequestId in it; seen: ${jsonencode(try(var.access_logs.format, null))}."
  }

  validation {
    condition     = alltrue([for name, value in try(coalesce(var.access_logs.fields, {}), {}) : can(regex("^[A-Za-z][A-Za-z0-9_]*$", name)) && can(regex("^\\$context\\.[A-Za-z0-9_.-]+$", value))])
    error_message = "`fields` adds a name of letters, digits and _ with one variable, $context.…; seen: ${jsonencode(try(var.access_logs.fields, {}))}."
  }
}

variable "allow_data_trace" {
  description = "Say that a `production` stage may log bodies and headers."
  type        = bool
  default     = false
  nullable    = false
}

variable "execution_log_data_trace" {
  description = "With `execution_log_level` set: log bodies and headers too, credentials included. Not for production."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = !var.execution_log_data_trace || !var.production || var.allow_data_trace
    error_message = "Data trace logs bodies and credentials: in production it takes `allow_data_trace = true`. Seen: production = ${var.production}, allow_data_trace = ${var.allow_data_trace}."
  }
}

variable "execution_log_level" {
  description = "Execution logging of all methods: OFF, ERROR or INFO. Null leaves it, and data trace, to whoever sets them by UpdateStage: Terraform neither sets nor reverts them. Needs the account's CloudWatch role."
  type        = string
  default     = null

  validation {
    condition     = var.execution_log_level == null ? true : contains(["OFF", "ERROR", "INFO"], var.execution_log_level)
    error_message = "`execution_log_level` is OFF, ERROR, INFO or null; seen: `${coalesce(var.execution_log_level, "null")}`."
  }
}

variable "log_kms_key_arn" {
  description = "ARN of the KMS key that encrypts the access log and the execution log; its key policy has to let logs.REGION.amazonaws.com use it. Null for CloudWatch's own key."
  type        = string
  default     = null

  validation {
    condition     = var.log_kms_key_arn == null ? true : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", var.log_kms_key_arn))
    error_message = "A KMS key's ARN ends in `:key/ID`, an alias will not do; seen: `${coalesce(var.log_kms_key_arn, "null")}`."
  }
}

variable "production" {
  description = "Mark the stage as one with real callers: data trace is refused unless `allow_data_trace` says otherwise."
  type        = bool
  default     = false
  nullable    = false
}
