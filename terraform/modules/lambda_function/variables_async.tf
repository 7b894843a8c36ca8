variable "asynchronous" {
  description = "Invocations nobody waits for: `max_age` in seconds until an event is given up, `max_retries` after a failure, ARNs that get the outcome. Null for Lambda's defaults: six hours, two retries, nobody."
  type = object({
    max_age     = optional(number, 21600)
    max_retries = optional(number, 2)
    on_failure  = optional(string)
    on_success  = optional(string)
  })
  default = null

  validation {
    condition     = var.asynchronous == null ? true : var.asynchronous.max_age >= 60 && var.asynchronous.max_age <= 21600
    error_message = "`max_age` is 60 to 21600 seconds; seen: ${try(var.asynchronous.max_age, 0)}."
  }

  validation {
    condition     = var.asynchronous == null ? true : contains([0, 1, 2], var.asynchronous.max_retries)
    error_message = "`max_retries` is 0, 1 or 2; seen: ${try(var.asynchronous.max_retries, 0)}."
  }

  validation {
    condition = alltrue([
      for arn in compact([try(var.asynchronous.on_failure, null), try(var.asynchronous.on_success, null)]) :
      can(regex("^arn:[a-z-]+:(sqs|sns|lambda|events|s3):[a-z0-9-]*:([0-9]{12})?:.+$", arn))
    ])
    error_message = "A destination is the ARN of an SQS queue, an SNS topic, a Lambda function, an event bus or, on failure, an S3 bucket; seen: ${jsonencode(var.asynchronous)}."
  }

  validation {
    condition     = !can(regex("^arn:[a-z-]+:s3:", coalesce(try(var.asynchronous.on_success, null), "-")))
    error_message = "An S3 bucket takes failures only; seen in `on_success`: `${coalesce(try(var.asynchronous.on_success, null), "-")}`."
  }
}

variable "dead_letter_arn" {
  description = "ARN of the SQS queue or SNS topic that gets events which asynchronous invocations failed on; null for none. API Gateway waits for its invocations: they never come here."
  type        = string
  default     = null

  validation {
    condition     = var.dead_letter_arn == null ? true : can(regex("^arn:[a-z-]+:(sqs|sns):[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+$", var.dead_letter_arn))
    error_message = "`dead_letter_arn` is the ARN of an SQS queue or SNS topic, no FIFO one; seen: `${coalesce(var.dead_letter_arn, "null")}`."
  }
}
