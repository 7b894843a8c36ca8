# Who may call, and what is refused. The rules stand in the module.

variable "api_keys" {
  description = "API keys by key. Their values are made by API Gateway."
  type = map(object({
    name        = string
    description = optional(string, "")
    enabled     = optional(bool, true)
  }))
  default  = {}
  nullable = false
}

variable "authorizers" {
  description = "Authorizers by name; `function` is a key of `functions`, `ttl` in seconds."
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
}

variable "gateway_responses" {
  description = "Answers the gateway makes itself, by type."
  type = map(object({
    status    = optional(number)
    headers   = optional(map(string), {})
    templates = optional(map(string), {})
  }))
  default  = {}
  nullable = false
}

variable "models" {
  description = "Models of bodies by name: JSON schemas as text."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "usage_plans" {
  description = "Usage plans by key: `api_keys` are keys of `api_keys`, throttles in requests a second and requests, quotas in requests a period."
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
}
