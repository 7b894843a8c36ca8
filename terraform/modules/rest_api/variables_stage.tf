# What a stage does with its methods, and with single ones.

variable "cache" {
  description = "The stage's cache of answers: `size` in GB, paid by the hour, `ttl` in seconds. Which routes' answers are kept, `route_settings` say. `unauthorized_cache_control_header_strategy` is what callers get who would pass it by with Cache-Control and may not: IAM allows it. Null for none."
  type = object({
    size      = optional(string, "0.5")
    ttl       = optional(number, 300)
    encrypted = optional(bool, true)

    unauthorized_cache_control_header_strategy = optional(string, "SUCCEED_WITH_RESPONSE_HEADER")
  })
  default = null

  validation {
    condition     = var.cache == null ? true : contains(["0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237"], var.cache.size)
    error_message = "A cache has 0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118 or 237 GB; seen: `${try(var.cache.size, "")}`."
  }

  validation {
    condition     = var.cache == null ? true : var.cache.ttl >= 1 && var.cache.ttl <= 3600 && floor(var.cache.ttl) == var.cache.ttl
    error_message = "`ttl` is 1 to 3600 seconds; seen: ${try(var.cache.ttl, 0)}."
  }

  validation {
    condition     = var.cache == null ? true : contains(["SUCCEED_WITH_RESPONSE_HEADER", "SUCCEED_WITHOUT_RESPONSE_HEADER", "FAIL_WITH_403"], var.cache.unauthorized_cache_control_header_strategy)
    error_message = "The strategy is SUCCEED_WITH_RESPONSE_HEADER, SUCCEED_WITHOUT_RESPONSE_HEADER or FAIL_WITH_403; seen: `${try(var.cache.unauthorized_cache_control_header_strategy, "")}`."
  }
}

variable "metrics" {
  description = "Count requests, errors and time of each method in CloudWatch."
  type        = bool
  default     = true
  nullable    = false
}

variable "route_settings" {
  description = "What is otherwise for single methods, by `METHOD /path` as in `routes`: `throttle` in requests a second and requests, `metrics` where the stage has none, `cache` to keep answers, for `cache_ttl` seconds; `execution_log_level` is OFF, ERROR or INFO, null leaves it to whoever sets it by UpdateStage. No ANY: API Gateway has settings of single methods. Nothing turns off what the stage turns on: an entry starts as a copy of the stage's, and the provider sends no false when it makes one."
  type = map(object({
    throttle            = optional(object({ rate = number, burst = number }))
    metrics             = optional(bool)
    cache               = optional(bool, false)
    cache_ttl           = optional(number)
    execution_log_level = optional(string)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for settings in var.route_settings : coalesce(settings.metrics, true) || !var.metrics])
    error_message = "No method is left out where the stage counts: `metrics = false` for the stage, and true for those that count; seen: ${join(", ", [for key, settings in var.route_settings : "`${key}`" if !coalesce(settings.metrics, true)])}."
  }

  validation {
    condition     = length(setsubtract(keys(var.route_settings), [for key in keys(var.routes) : key if !startswith(key, "ANY ")])) == 0
    error_message = "Settings are of declared methods, and ANY is none; seen: ${join(", ", [for key in keys(var.route_settings) : "`${key}`"])}."
  }

  validation {
    condition     = alltrue([for settings in var.route_settings : settings.throttle == null ? true : settings.throttle.rate > 0 && settings.throttle.burst >= 1 && floor(settings.throttle.burst) == settings.throttle.burst])
    error_message = "`rate` is above 0 requests a second and `burst` a whole number from 1; seen: ${join(", ", [for key, settings in var.route_settings : "`${key}` ${jsonencode(settings.throttle)}" if settings.throttle != null])}."
  }

  validation {
    condition     = var.cache != null || alltrue([for settings in var.route_settings : !settings.cache && settings.cache_ttl == null])
    error_message = "Answers are kept only where the stage has a `cache`; seen: ${join(", ", [for key, settings in var.route_settings : "`${key}`" if settings.cache || settings.cache_ttl != null])}."
  }

  validation {
    condition     = alltrue([for settings in var.route_settings : settings.cache_ttl == null ? true : settings.cache_ttl >= 1 && settings.cache_ttl <= 3600 && floor(settings.cache_ttl) == settings.cache_ttl])
    error_message = "`cache_ttl` is 1 to 3600 seconds; seen: ${join(", ", [for key, settings in var.route_settings : "`${key}` ${coalesce(settings.cache_ttl, 0)}"])}."
  }

  validation {
    condition     = alltrue([for settings in var.route_settings : settings.execution_log_level == null ? true : contains(["OFF", "ERROR", "INFO"], settings.execution_log_level)])
    error_message = "`execution_log_level` is OFF, ERROR, INFO or null; seen: ${join(", ", [for settings in var.route_settings : "`${settings.execution_log_level}`" if settings.execution_log_level != null])}."
  }
}
