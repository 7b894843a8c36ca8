# Who may call, and what is refused.

variable "api_key_source" {
  description = "Where API keys come from: HEADER (`x-api-key`), or AUTHORIZER (what a Lambda authorizer gives as usageIdentifierKey)."
  type        = string
  default     = "HEADER"
  nullable    = false

  validation {
    condition     = contains(["HEADER", "AUTHORIZER"], var.api_key_source)
    error_message = "`api_key_source` is HEADER or AUTHORIZER; seen: `${var.api_key_source}`."
  }
}

variable "api_keys" {
  description = "API keys by key. Their values are made by API Gateway: no input, no output, but in the state."
  type = map(object({
    name        = string
    description = optional(string, "")
    enabled     = optional(bool, true)
  }))
  default  = {}
  nullable = false
}

variable "authorizers" {
  description = "Authorizers that routes may name. `type` is token or request (with `function`, a key of `functions`), cognito (with `user_pools`, ARNs) or iam. `identity_sources` as API Gateway writes them; `identity_validation` is a regular expression for the token, or for the `aud` of a user pool's; `ttl` in seconds; `scopes` those of routes that name none of their own."
  type = map(object({
    type                = string
    function            = optional(string)
    identity_sources    = optional(list(string), ["method.request.header.Authorization"])
    identity_validation = optional(string)
    ttl                 = optional(number, 300)
    user_pools          = optional(list(string), [])
    scopes              = optional(list(string), [])
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.authorizers) : can(regex("^[A-Za-z0-9_-]{1,128}$", name)) && !contains(["api_key", "none"], name)])
    error_message = "An authorizer's name has 1 to 128 of the characters A-Z a-z 0-9 _ -, and is neither `api_key` nor `none`; seen: ${join(", ", [for name in keys(var.authorizers) : "`${name}`"])}."
  }

  validation {
    condition     = alltrue([for authorizer in var.authorizers : contains(["token", "request", "cognito", "iam"], authorizer.type)])
    error_message = "An authorizer's type is token, request, cognito or iam; seen: ${join(", ", [for name, authorizer in var.authorizers : "`${name}` `${authorizer.type}`"])}."
  }

  validation {
    condition     = alltrue([for authorizer in var.authorizers : contains(["token", "request"], authorizer.type) == (authorizer.function != null)])
    error_message = "Authorizers of type token and request have a `function`, others have none; seen: ${join(", ", [for name, authorizer in var.authorizers : "`${name}` of type ${authorizer.type} `${coalesce(authorizer.function, "none")}`"])}."
  }

  validation {
    condition     = alltrue([for authorizer in var.authorizers : authorizer.function == null ? true : contains(keys(var.functions), authorizer.function)])
    error_message = "Every authorizer names a function of `functions` (${join(", ", keys(var.functions))}); seen: ${join(", ", [for name, authorizer in var.authorizers : "`${name}` -> `${coalesce(authorizer.function, "none")}`"])}."
  }

  validation {
    condition     = alltrue([for authorizer in var.authorizers : (authorizer.type == "cognito") == (length(authorizer.user_pools) > 0)])
    error_message = "Authorizers of type cognito have `user_pools`, others have none; seen: ${join(", ", [for name, authorizer in var.authorizers : "`${name}` of type ${authorizer.type} ${length(authorizer.user_pools)}"])}."
  }

  validation {
    condition     = alltrue([for authorizer in var.authorizers : authorizer.type == "cognito" || length(authorizer.scopes) == 0])
    error_message = "Scopes are read from tokens of a user pool, type cognito; seen: ${join(", ", [for name, authorizer in var.authorizers : "`${name}` of type ${authorizer.type} ${length(authorizer.scopes)}"])}."
  }

  validation {
    condition = alltrue(flatten([
      for authorizer in var.authorizers : [
        for source in authorizer.identity_sources :
        can(regex("^(method\\.request\\.(header|querystring)\\.[A-Za-z0-9._$-]+|stageVariables\\.[A-Za-z0-9_]+|context\\.[A-Za-z0-9._]+)$", source))
      ]
    ]))
    error_message = "An identity source is method.request.header.NAME, method.request.querystring.NAME, stageVariables.NAME or context.NAME; seen: ${join(", ", flatten([for authorizer in var.authorizers : [for source in authorizer.identity_sources : "`${source}`"]]))}."
  }

  validation {
    condition = alltrue([
      for authorizer in var.authorizers :
      contains(["token", "cognito"], authorizer.type) ? length(authorizer.identity_sources) == 1 && startswith(authorizer.identity_sources[0], "method.request.header.") : true
    ])
    error_message = "Authorizers of type token and cognito look at one header; seen: ${join(", ", [for name, authorizer in var.authorizers : "`${name}` ${jsonencode(authorizer.identity_sources)}"])}."
  }

  validation {
    condition     = alltrue([for authorizer in var.authorizers : authorizer.type != "request" || authorizer.ttl == 0 || length(authorizer.identity_sources) > 0])
    error_message = "Answers are kept by identity sources: without any, `ttl` is 0; seen: ${join(", ", [for name, authorizer in var.authorizers : "`${name}` ${authorizer.ttl}" if length(authorizer.identity_sources) == 0])}."
  }

  validation {
    condition     = alltrue([for authorizer in var.authorizers : authorizer.ttl >= 0 && authorizer.ttl <= 3600 && floor(authorizer.ttl) == authorizer.ttl])
    error_message = "`ttl` is 0 to 3600 seconds; seen: ${join(", ", [for name, authorizer in var.authorizers : "`${name}` ${authorizer.ttl}"])}."
  }
}

variable "gateway_responses" {
  description = "Answers the gateway makes itself, by type (DEFAULT_4XX, UNAUTHORIZED, ...): another `status`, more `headers` (a constant in single quotes, or method.request..., context..., stageVariables...), bodies by content type in `templates`."
  type = map(object({
    status    = optional(number)
    headers   = optional(map(string), {})
    templates = optional(map(string), {})
  }))
  default  = {}
  nullable = false

  validation {
    condition = length(setsubtract(keys(var.gateway_responses), [
      "ACCESS_DENIED", "API_CONFIGURATION_ERROR", "AUTHORIZER_CONFIGURATION_ERROR", "AUTHORIZER_FAILURE", "BAD_REQUEST_BODY",
      "BAD_REQUEST_PARAMETERS", "DEFAULT_4XX", "DEFAULT_5XX", "EXPIRED_TOKEN", "INTEGRATION_FAILURE", "INTEGRATION_TIMEOUT",
      "INVALID_API_KEY", "INVALID_SIGNATURE", "MISSING_AUTHENTICATION_TOKEN", "QUOTA_EXCEEDED", "REQUEST_TOO_LARGE",
      "RESOURCE_NOT_FOUND", "THROTTLED", "UNAUTHORIZED", "UNSUPPORTED_MEDIA_TYPE", "WAF_FILTERED",
    ])) == 0
    error_message = "A gateway response has one of API Gateway's types, e.g. UNAUTHORIZED; seen: ${join(", ", keys(var.gateway_responses))}."
  }

  validation {
    condition     = alltrue([for response in var.gateway_responses : response.status == null ? true : response.status >= 200 && response.status <= 599])
    error_message = "A status is 200 to 599; seen: ${join(", ", [for type, response in var.gateway_responses : "${type} ${response.status}" if response.status != null])}."
  }

  validation {
    condition = alltrue(flatten([
      for response in var.gateway_responses : [
        for value in values(response.headers) : can(regex("^('[^'[:cntrl:]]*'|(method\\.request\\.(header|querystring|path)|context|stageVariables)\\.[^[:space:]]+)$", value))
      ]
    ]))
    error_message = "A header's value is a constant in single quotes, or method.request..., context... or stageVariables...; seen: ${join(", ", flatten([for response in var.gateway_responses : [for value in values(response.headers) : "`${value}`"]]))}."
  }
}

variable "minimum_compression_size" {
  description = "Bytes from which answers are compressed for clients that take it; null for never."
  type        = number
  default     = null

  validation {
    condition     = var.minimum_compression_size == null ? true : var.minimum_compression_size >= 0 && var.minimum_compression_size <= 10485760
    error_message = "`minimum_compression_size` is 0 to 10485760 bytes; seen: ${coalesce(var.minimum_compression_size, 0)}."
  }
}

variable "models" {
  description = "Models of bodies by name: JSON schemas (draft 4) as text. One refers to another as #/components/schemas/NAME."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.models) : can(regex("^[A-Za-z][A-Za-z0-9]*$", name))])
    error_message = "A model's name is letters and digits, from a letter; seen: ${join(", ", [for name in keys(var.models) : "`${name}`"])}."
  }

  validation {
    condition     = alltrue([for text in values(var.models) : can(keys(jsondecode(text)))])
    error_message = "A model is a JSON object; seen others in: ${join(", ", [for name, text in var.models : "`${name}`" if !can(keys(jsondecode(text)))])}."
  }
}

variable "usage_plans" {
  description = "Usage plans of the stage by key. `api_keys` are keys of `api_keys`; `throttle` (requests a second, requests) and `quota` (requests in a DAY, WEEK or MONTH that starts on day `offset`) are of each API key; `routes` throttles of single methods, by `METHOD /path`."
  type = map(object({
    name        = string
    description = optional(string)
    api_keys    = optional(list(string), [])
    throttle    = optional(object({ rate = number, burst = number }))
    quota       = optional(object({ limit = number, period = string, offset = optional(number, 0) }))
    routes      = optional(map(object({ rate = number, burst = number })), {})
  }))
  default  = {}
  nullable = false

  validation {
    condition     = length(setsubtract(flatten([for plan in var.usage_plans : plan.api_keys]), keys(var.api_keys))) == 0
    error_message = "A usage plan names keys of `api_keys` (${join(", ", keys(var.api_keys))}); seen: ${join(", ", flatten([for plan in var.usage_plans : plan.api_keys]))}."
  }

  validation {
    condition     = length(flatten([for plan in var.usage_plans : plan.api_keys])) == length(distinct(flatten([for plan in var.usage_plans : plan.api_keys])))
    error_message = "An API key is in one usage plan of a stage, and once; seen: ${join(", ", flatten([for name, plan in var.usage_plans : [for key in plan.api_keys : "`${name}` -> `${key}`"]]))}."
  }

  validation {
    condition     = alltrue([for plan in var.usage_plans : plan.quota == null ? true : contains(["DAY", "WEEK", "MONTH"], plan.quota.period)])
    error_message = "A quota's period is DAY, WEEK or MONTH; seen: ${join(", ", [for plan in var.usage_plans : "`${plan.quota.period}`" if plan.quota != null])}."
  }

  validation {
    condition     = alltrue([for plan in var.usage_plans : plan.quota == null ? true : plan.quota.offset >= 0 && plan.quota.offset <= lookup({ DAY = 0, WEEK = 6, MONTH = 27 }, plan.quota.period, 27)])
    error_message = "A quota's offset is 0 for a DAY, 0 to 6 for a WEEK, 0 to 27 for a MONTH; seen: ${join(", ", [for plan in var.usage_plans : "${plan.quota.period} ${plan.quota.offset}" if plan.quota != null])}."
  }

  validation {
    condition     = length(setsubtract(flatten([for plan in var.usage_plans : keys(plan.routes)]), [for key in keys(var.routes) : key if !startswith(key, "ANY ")])) == 0
    error_message = "A usage plan throttles declared methods, and ANY is none; seen: ${join(", ", [for key in flatten([for plan in var.usage_plans : keys(plan.routes)]) : "`${key}`"])}."
  }
}
