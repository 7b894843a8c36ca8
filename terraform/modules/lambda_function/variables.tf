variable "architecture" {
  description = "Instruction set: x86_64 or arm64. The deployment package has to be built for it."
  type        = string
  default     = "arm64"
  nullable    = false

  validation {
    condition     = contains(["x86_64", "arm64"], var.architecture)
    error_message = "`architecture` is x86_64 or arm64; seen: `${var.architecture}`."
  }
}

variable "code_signing_config_arn" {
  description = "ARN of the code signing configuration that packages have to satisfy; null for none. Unless it only warns, the package has to be a signed one, in S3 (`package.s3`)."
  type        = string
  default     = null

  validation {
    condition     = var.code_signing_config_arn == null ? true : can(regex("^arn:[a-z-]+:lambda:[a-z0-9-]+:[0-9]{12}:code-signing-config:csc-[a-z0-9]{17}$", var.code_signing_config_arn))
    error_message = "A code signing configuration's ARN ends in `:code-signing-config:csc-` and 17 characters; seen: `${coalesce(var.code_signing_config_arn, "null")}`."
  }
}

variable "description" {
  description = "What the function is for, shown in the console."
  type        = string
  default     = null

  validation {
    condition     = length(coalesce(var.description, "-")) <= 256
    error_message = "A function's description has at most 256 characters; seen: ${length(coalesce(var.description, "-"))}."
  }
}

variable "environment" {
  description = "Environment variables. In clear in plans and state: no place for secrets."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.environment) : can(regex("^[A-Za-z][A-Za-z0-9_]+$", name))])
    error_message = "An environment variable's name starts with a letter and has two or more of A-Z a-z 0-9 _; seen: ${join(", ", [for name in keys(var.environment) : "`${name}`"])}."
  }

  validation {
    # https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html, "Reserved environment variables".
    condition     = length(setintersection(keys(var.environment), local._reserved_environment)) == 0
    error_message = "Lambda sets these environment variables itself: ${join(", ", setintersection(keys(var.environment), local._reserved_environment))}."
  }
}

variable "ephemeral_storage" {
  description = "Size of /tmp in MB."
  type        = number
  default     = 512
  nullable    = false

  validation {
    condition     = var.ephemeral_storage >= 512 && var.ephemeral_storage <= 10240 && floor(var.ephemeral_storage) == var.ephemeral_storage
    error_message = "`ephemeral_storage` is 512 to 10240 MB; seen: ${var.ephemeral_storage}."
  }
}

variable "handler" {
  description = "What Lambda calls, as `module.function`; folders in the package are separated by dots or slashes."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_./-]+\\.[A-Za-z_][A-Za-z0-9_]*$", var.handler)) && length(var.handler) <= 128
    error_message = "`handler` is `module.function`, at most 128 characters; seen: `${var.handler}`."
  }
}

variable "json_logs" {
  description = "Let Lambda write its own log lines, and what the handler prints, as JSON, from these levels up. Null for text."
  type = object({
    application_level = optional(string, "INFO")
    system_level      = optional(string, "INFO")
  })
  default = null

  validation {
    condition     = var.json_logs == null ? true : contains(["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"], var.json_logs.application_level)
    error_message = "`application_level` is TRACE, DEBUG, INFO, WARN, ERROR or FATAL; seen: `${try(var.json_logs.application_level, "null")}`."
  }

  validation {
    condition     = var.json_logs == null ? true : contains(["DEBUG", "INFO", "WARN"], var.json_logs.system_level)
    error_message = "`system_level` is DEBUG, INFO or WARN; seen: `${try(var.json_logs.system_level, "null")}`."
  }
}

variable "kms_key_arn" {
  description = "ARN of the KMS key that encrypts the environment variables; the role may then decrypt with it. Null for Lambda's own key."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null ? true : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", var.kms_key_arn))
    error_message = "A KMS key's ARN ends in `:key/ID`, an alias will not do; seen: `${coalesce(var.kms_key_arn, "null")}`."
  }
}

variable "layers" {
  description = "ARNs of layer versions, at most five; a later one wins over an earlier."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = length(var.layers) <= 5
    error_message = "A function has at most 5 layers; seen: ${length(var.layers)}."
  }

  validation {
    condition     = alltrue([for arn in var.layers : can(regex("^arn:[a-z-]+:lambda:[a-z0-9-]+:[0-9]{12}:layer:[A-Za-z0-9_-]+:[0-9]+$", arn))])
    error_message = "A layer is named by the ARN of one of its versions, ending in `:layer:NAME:NUMBER`; seen: ${join(", ", [for arn in var.layers : "`${arn}`"])}."
  }
}

variable "log_kms_key_arn" {
  description = "ARN of the KMS key that encrypts the function's log; its key policy has to let logs.REGION.amazonaws.com use it. Null for CloudWatch's own key."
  type        = string
  default     = null

  validation {
    condition     = var.log_kms_key_arn == null ? true : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", var.log_kms_key_arn))
    error_message = "A KMS key's ARN ends in `:key/ID`, an alias will not do; seen: `${coalesce(var.log_kms_key_arn, "null")}`."
  }
}

variable "log_retention_days" {
  description = "Days the function's log is kept."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "CloudWatch Logs keeps 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653 days; seen: ${var.log_retention_days}."
  }
}

variable "memory" {
  description = "Memory in MB. Lambda gives CPU in proportion; 1769 MB is one full core."
  type        = number
  default     = 256
  nullable    = false

  validation {
    condition     = var.memory >= 128 && var.memory <= 10240 && floor(var.memory) == var.memory
    error_message = "`memory` is 128 to 10240 MB; seen: ${var.memory}."
  }
}

variable "name" {
  description = "Name of the function. Its role and log group are named after it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,64}$", var.name))
    error_message = "A function's name has 1 to 64 of the characters A-Z a-z 0-9 _ -; seen: `${var.name}`."
  }
}

variable "package" {
  description = "Deployment package: path of the zip file, or where it is in S3, which over 50 MB it must be; and its SHA-256 in base64 as computed when it was built. A file that is not the one with this digest is refused."
  type = object({
    file   = optional(string)
    sha256 = string
    s3 = optional(object({
      bucket  = string
      key     = string
      version = optional(string)
    }))
  })
  nullable = false

  validation {
    condition     = (var.package.file == null) != (var.package.s3 == null)
    error_message = "`package` has either `file` or `s3`; seen: ${var.package.file == null ? "neither" : "both"}."
  }

  validation {
    condition     = can(regex("^[A-Za-z0-9+/]{43}=$", var.package.sha256))
    error_message = "`package.sha256` is a SHA-256 in base64, 44 characters, as `filebase64sha256` gives it; seen: `${var.package.sha256}`."
  }
}

variable "runtime" {
  description = "Lambda runtime."
  type        = string
  default     = "python3.13"
  nullable    = false

  validation {
    # Lambda has python3.14 too, but the provider's 5.x refuses it at plan.
    condition     = contains(["python3.10", "python3.11", "python3.12", "python3.13"], var.runtime)
    error_message = "`runtime` is python3.10, python3.11, python3.12 or python3.13; seen: `${var.runtime}`."
  }
}

variable "tables" {
  description = "DynamoDB tables of the same account and region that the function may read and write: name of the table by the environment variable that tells the function."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = length(setintersection(keys(var.tables), keys(var.environment))) == 0
    error_message = "A name stands in `environment` or in `tables`, not in both; seen in both: ${join(", ", setintersection(keys(var.tables), keys(var.environment)))}."
  }

  validation {
    condition     = alltrue([for name in values(var.tables) : can(regex("^[A-Za-z0-9_.-]{3,255}$", name))])
    error_message = "A table is named by its name, 3 to 255 of the characters A-Z a-z 0-9 _ . -; seen: ${join(", ", [for name in values(var.tables) : "`${name}`"])}."
  }
}

variable "tags" {
  description = "Tags of everything the module creates that can have some."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "timeout" {
  description = "Seconds until Lambda stops an invocation. Behind API Gateway keep it under 29: the gateway gives up then, while the function would run on."
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.timeout >= 1 && var.timeout <= 900 && floor(var.timeout) == var.timeout
    error_message = "`timeout` is 1 to 900 seconds; seen: ${var.timeout}."
  }
}

variable "tracing" {
  description = "Trace invocations with X-Ray, beyond those the caller samples."
  type        = bool
  default     = false
  nullable    = false
}
