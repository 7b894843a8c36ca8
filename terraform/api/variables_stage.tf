# What the stage does with its methods. The rules stand in the module.

variable "cache" {
  description = "The stage's cache of answers, `size` in GB, `ttl` in seconds; null for none."
  type = object({
    size      = optional(string, "0.5")
    ttl       = optional(number, 300)
    encrypted = optional(bool, true)

    unauthorized_cache_control_header_strategy = optional(string, "SUCCEED_WITH_RESPONSE_HEADER")
  })
  default = null
}

variable "metrics" {
  description = "Count requests, errors and time of each method in CloudWatch."
  type        = bool
  default     = true
  nullable    = false
}

variable "route_settings" {
  description = "What is otherwise for single methods, by `METHOD /path`; throttles in requests a second and requests, `cache_ttl` in seconds. Log levels are set by the CLI."
  type = map(object({
    throttle  = optional(object({ rate = number, burst = number }))
    metrics   = optional(bool)
    cache     = optional(bool, false)
    cache_ttl = optional(number)
  }))
  default  = {}
  nullable = false
}
