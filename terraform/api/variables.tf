# What goes into one API at one stage. Names are computed by who writes the variables; rules about a single value
# stand in the modules, here only those about how the values fit together.

variable "access_logs" {
  description = "Access log of the stage, and the log group it goes to; null for none."
  type = object({
    group           = optional(string)
    destination_arn = optional(string)
    fields          = optional(map(string), {})
    format          = optional(string)
  })
  default = null
}

variable "account_id" {
  description = "Account this may be applied in; null for whichever the credentials are of."
  type        = string
  default     = null

  validation {
    condition     = var.account_id == null ? true : can(regex("^[0-9]{12}$", var.account_id))
    error_message = "An account id has 12 digits; seen: `${coalesce(var.account_id, "null")}`."
  }
}

variable "api" {
  description = "Settings of the RestApi itself. `cors.max_age` in seconds, `minimum_compression_size` in bytes."
  type = object({
    name               = string
    description        = optional(string)
    binary_media_types = optional(list(string), [])
    cors = optional(object({
      allow_origin      = optional(string, "*")
      allow_methods     = optional(list(string), [])
      allow_headers     = optional(list(string), ["Content-Type", "Authorization"])
      allow_credentials = optional(bool, false)
      max_age           = optional(number, 600)
    }))
    api_key_source           = optional(string, "HEADER")
    minimum_compression_size = optional(number)
  })
  nullable = false
}

variable "functions" {
  description = "Lambda functions by key. `memory` in MB, `timeout` in seconds; `tables` maps an environment variable to a key of `tables`; `package.sha256` in base64; the rest as in the module `lambda_function`."
  type = map(object({
    name               = string
    handler            = string
    runtime            = optional(string, "python3.13")
    architecture       = optional(string, "arm64")
    memory             = optional(number, 256)
    timeout            = optional(number, 10)
    environment        = optional(map(string), {})
    tables             = optional(map(string), {})
    log_retention_days = optional(number, 30)
    package = object({
      file   = optional(string)
      sha256 = string
      s3 = optional(object({
        bucket  = string
        key     = string
        version = optional(string)
      }))
    })

    description             = optional(string)
    ephemeral_storage       = optional(number, 512)
    layers                  = optional(list(string), [])
    reserved_concurrency    = optional(number)
    provisioned_concurrency = optional(number)
    snap_start              = optional(bool, false)
    version_weights         = optional(map(number), {})
    dead_letter_arn         = optional(string)
    code_signing_config_arn = optional(string)
    kms_key_arn             = optional(string)
    log_kms_key_arn         = optional(string)
    permissions_boundary    = optional(string)
    tracing                 = optional(bool, false)
    asynchronous = optional(object({
      max_age     = optional(number, 21600)
      max_retries = optional(number, 2)
      on_failure  = optional(string)
      on_success  = optional(string)
    }))
    file_system = optional(object({
      access_point_arn = string
      mount_path       = string
      read_only        = optional(bool, false)
    }))
    json_logs = optional(object({
      application_level = optional(string, "INFO")
      system_level      = optional(string, "INFO")
    }))
    statements = optional(list(object({
      actions      = list(string)
      resources    = list(string)
      conditions   = optional(map(map(list(string))), {})
      any_resource = optional(bool, false)
    })), [])
    vpc = optional(object({
      subnet_ids         = list(string)
      security_group_ids = list(string)
      ipv6               = optional(bool, false)
    }))
  }))
  nullable = false

  validation {
    condition     = alltrue(flatten([for function in var.functions : [for table in values(function.tables) : contains(keys(var.tables), table)]]))
    error_message = "A function names tables of `tables` (${join(", ", keys(var.tables))}); seen: ${join(", ", flatten([for key, function in var.functions : [for table in values(function.tables) : "`${key}` -> `${table}`"]]))}."
  }

  validation {
    condition     = length(distinct([for function in var.functions : function.name])) == length(var.functions)
    error_message = "No two functions have one name; seen: ${join(", ", [for key, function in var.functions : "`${key}` is `${function.name}`"])}."
  }
}

variable "log_retention_days" {
  description = "Days the access log and the execution log are kept."
  type        = number
  default     = 30
  nullable    = false
}

variable "name" {
  description = "Name of the project; the tag `apitool:project`."
  type        = string
  nullable    = false
}

variable "openapi" {
  description = "The user's own OpenAPI document as JSON, which `routes` fill in; null for none."
  type        = string
  default     = null
}

variable "region" {
  description = "Region the API lives in."
  type        = string
  nullable    = false
}

variable "routes" {
  description = "Routes by `METHOD /path`; `function` is a key of `functions`, `timeout_ms` in milliseconds. The rest as in the module `rest_api`, which checks it."
  type = map(object({
    function             = optional(string)
    integration          = optional(string, "AWS_PROXY")
    uri                  = optional(string)
    http_method          = optional(string)
    vpc_link             = optional(string)
    credentials          = optional(string)
    tables               = optional(list(string), [])
    invocation_type      = optional(string, "RequestResponse")
    timeout_ms           = optional(number, 29000)
    request_parameters   = optional(map(string), {})
    request_templates    = optional(map(string), {})
    passthrough_behavior = optional(string)
    content_handling     = optional(string)
    operation_name       = optional(string)
    responses = optional(list(object({
      status           = number
      pattern          = optional(string)
      headers          = optional(map(string), {})
      templates        = optional(map(string), {})
      content_handling = optional(string)
    })), [])
    statements = optional(list(object({
      actions      = list(string)
      resources    = list(string)
      conditions   = optional(map(map(list(string))), {})
      any_resource = optional(bool, false)
    })), [])

    authorizer           = optional(string)
    scopes               = optional(list(string))
    api_key              = optional(bool, false)
    validator            = optional(string, "none")
    model                = optional(string)
    required_parameters  = optional(list(string), [])
    cache_key_parameters = optional(list(string), [])
  }))
  nullable = false

  validation {
    condition     = alltrue([for route in var.routes : route.function == null ? true : contains(keys(var.functions), route.function)])
    error_message = "Every route names a function of `functions` (${join(", ", keys(var.functions))}); seen: ${join(", ", [for key, route in var.routes : "`${key}` -> `${coalesce(route.function, "none")}`"])}."
  }
}

variable "stage" {
  description = "Name of the stage; the tag `apitool:stage`."
  type        = string
  nullable    = false
}

variable "stage_variables" {
  description = "Stage variables, which a function finds in event.stageVariables. No place for secrets."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "tables" {
  description = "DynamoDB tables by key. Key types are S, N or B."
  type = map(object({
    name                   = string
    hash_key               = string
    hash_key_type          = optional(string, "S")
    range_key              = optional(string)
    range_key_type         = optional(string, "S")
    ttl_attribute          = optional(string)
    point_in_time_recovery = optional(bool, true)
    deletion_protection    = optional(bool, false)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = length(distinct([for table in var.tables : table.name])) == length(var.tables)
    error_message = "No two tables have one name; seen: ${join(", ", [for key, table in var.tables : "`${key}` is `${table.name}`"])}."
  }
}

variable "tags" {
  description = "Tags of everything, beside `apitool:project` and `apitool:stage`."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "throttle" {
  description = "Throttle of each method of the stage: `rate` in requests a second, `burst` in requests; null for the account's."
  type = object({
    rate  = number
    burst = number
  })
  default = null
}

variable "tracing" {
  description = "Trace the requests of the stage with X-Ray."
  type        = bool
  default     = false
  nullable    = false
}
