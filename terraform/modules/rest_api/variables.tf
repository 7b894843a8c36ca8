variable "alias_arns" {
  description = "ARNs of the aliases by function key, read from their resources: the permissions wait for them, and are made anew with them."
  type        = map(string)
  nullable    = false

  validation {
    condition     = length(setsubtract(compact(concat([for route in var.routes : route.function], [for authorizer in var.authorizers : authorizer.function])), keys(var.alias_arns))) == 0
    error_message = "Every function that a route or an authorizer names has its alias here; missing: ${join(", ", setsubtract(compact(concat([for route in var.routes : route.function], [for authorizer in var.authorizers : authorizer.function])), keys(var.alias_arns)))}."
  }

  validation {
    condition     = alltrue([for arn in var.alias_arns : can(regex("^arn:[a-z-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]+:[A-Za-z0-9_-]+$", arn))])
    error_message = "An alias's ARN ends in `:function:NAME:ALIAS`; seen: ${join(", ", [for arn in var.alias_arns : "`${arn}`"])}."
  }
}

variable "binary_media_types" {
  description = "Content types that reach the function as base64, and, where the first type of Accept matches, are decoded in its responses. `*/*` makes every request body base64, JSON included."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for type in var.binary_media_types : can(regex("^[^/\\s]+/[^/\\s]+$", type))])
    error_message = "A binary media type is `type/subtype`, e.g. `image/png` or `*/*`; seen: ${join(", ", [for type in var.binary_media_types : "`${type}`"])}."
  }
}

variable "cors" {
  description = "Answer CORS preflights in the gateway, and put CORS headers on the gateway's own errors; null for neither. `allow_methods` left empty means the methods of the resource. `max_age` in seconds. The function still sets Access-Control-Allow-Origin on its own responses."
  type = object({
    allow_origin      = optional(string, "*")
    allow_methods     = optional(list(string), [])
    allow_headers     = optional(list(string), ["Content-Type", "Authorization"])
    allow_credentials = optional(bool, false)
    max_age           = optional(number, 600)
  })
  default = null

  validation {
    condition     = var.cors == null ? true : !(var.cors.allow_credentials && var.cors.allow_origin == "*")
    error_message = "Browsers refuse credentials for `allow_origin = \"*\"`: name the origin, e.g. https://app.example.com; seen: ${jsonencode(var.cors)}."
  }

  validation {
    # API Gateway takes a constant header value in single quotes and has no way to escape one.
    condition = var.cors == null ? true : alltrue([
      for text in concat([var.cors.allow_origin], var.cors.allow_methods, var.cors.allow_headers) : can(regex("^[!-&(-~]+$", text))
    ])
    error_message = "`allow_origin`, `allow_methods` and `allow_headers` are visible ASCII without blanks and single quotes; seen: ${jsonencode(var.cors)}."
  }

  validation {
    condition     = var.cors == null ? true : var.cors.max_age >= 0 && var.cors.max_age <= 86400
    error_message = "`max_age` is 0 to 86400 seconds; seen: ${try(var.cors.max_age, 0)}."
  }
}

variable "description" {
  description = "What the API is for, shown in the console."
  type        = string
  default     = null
}

variable "functions" {
  description = "Lambda functions that routes may name: name of the function, and the alias to invoke. Plain names, not attributes of the functions' resources: whatever the deployment depends on is replaced create-before-destroy, as the deployment is, and a function cannot exist twice under one name."
  type = map(object({
    name  = string
    alias = string
  }))
  nullable = false

  validation {
    condition     = alltrue([for function in var.functions : can(regex("^[A-Za-z0-9_-]{1,64}$", function.name))])
    error_message = "A function's name has 1 to 64 of the characters A-Z a-z 0-9 _ -; seen: ${join(", ", [for function in var.functions : "`${function.name}`"])}."
  }

  validation {
    condition     = alltrue([for function in var.functions : can(regex("^[A-Za-z0-9_-]*[A-Za-z_-][A-Za-z0-9_-]*$", function.alias))])
    error_message = "An alias has the characters A-Z a-z 0-9 _ - and is not just a number; seen: ${join(", ", [for function in var.functions : "`${function.alias}`"])}."
  }
}

variable "log_retention_days" {
  description = "Days the access log and the execution log are kept."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "CloudWatch Logs keeps 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653 days; seen: ${var.log_retention_days}."
  }
}

variable "name" {
  description = "Name of the RestApi."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.name) >= 1 && length(var.name) <= 1024
    error_message = "A RestApi's name has 1 to 1024 characters; seen: ${length(var.name)}."
  }
}

variable "openapi" {
  description = "An OpenAPI 3.0 document of your own, JSON or YAML, e.g. `file(\"openapi.yaml\")`. `routes` then names operations of it and fills in their integrations; an operation that has one of its own needs no route. What the other inputs say wins over the document, what they do not say stays as it has it. Null for none: `routes` are all there is."
  type        = string
  default     = null

  validation {
    condition     = var.openapi == null ? true : can(regex("^3\\.0", yamldecode(var.openapi).openapi)) && length(try(yamldecode(var.openapi).paths, {})) > 0
    error_message = "`openapi` is an OpenAPI 3.0 document with paths, in JSON or YAML; seen: `${substr(coalesce(var.openapi, "none"), 0, 80)}`."
  }
}

variable "stage" {
  description = "Name of the stage: the first segment of the URL's path."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,128}$", var.stage))
    error_message = "A stage's name has 1 to 128 of the characters A-Z a-z 0-9 _ -; seen: `${var.stage}`."
  }
}

variable "stage_variables" {
  description = "Stage variables, which a function finds in event.stageVariables. In clear for whoever may read the stage: no place for secrets."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = length(var.stage_variables) <= 100
    error_message = "A stage has at most 100 variables; seen: ${length(var.stage_variables)}."
  }

  validation {
    # Names only in the message: a value may be worth hiding.
    condition = alltrue([
      for name, value in var.stage_variables :
      can(regex("^[A-Za-z0-9_]{1,64}$", name)) && can(regex("^[A-Za-z0-9._~:/?#&=,-]{1,512}$", value))
    ])
    error_message = "A stage variable has a name of 1 to 64 characters A-Z a-z 0-9 _ and a value of 1 to 512 characters A-Z a-z 0-9 - . _ ~ : / ? # & = ,; names seen: ${join(", ", [for name in keys(var.stage_variables) : "`${name}`"])}."
  }
}

variable "tags" {
  description = "Tags of everything the module creates that can have some."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "throttle" {
  description = "Throttle of each method of the stage: `rate` in requests a second, `burst` in requests. Null leaves the account's."
  type = object({
    rate  = number
    burst = number
  })
  default = null

  validation {
    condition     = var.throttle == null ? true : var.throttle.rate > 0 && var.throttle.burst >= 1 && floor(var.throttle.burst) == var.throttle.burst
    error_message = "`rate` is above 0 requests a second and `burst` a whole number from 1; seen: ${jsonencode(var.throttle)}."
  }
}

variable "tracing" {
  description = "Trace requests with X-Ray."
  type        = bool
  default     = false
  nullable    = false
}
