# Where the API is reached, and what stands before it. As in the modules `rest_api`, `domain` and `vpc_link`.

variable "canary" {
  description = "Canary of the stage; null for none."
  type = object({
    percent       = number
    deployment_id = optional(string)
    variables     = optional(map(string), {})
    use_cache     = optional(bool, false)
  })
  default = null
}

variable "client_certificate" {
  description = "Show HTTP backends a client certificate."
  type        = bool
  default     = false
  nullable    = false
}

variable "disable_execute_api_endpoint" {
  description = "Answer under the domain only."
  type        = bool
  default     = false
  nullable    = false
}

variable "domain" {
  description = "Custom domain the stage is reached under, at `base_path`; null for none. Without `certificate_arn` the domain exists and is shared."
  type = object({
    name            = string
    base_path       = optional(string, "")
    certificate_arn = optional(string)
    endpoint_type   = optional(string, "REGIONAL")
    ip_address_type = optional(string)
    security_policy = optional(string, "TLS_1_2")
    zone_id         = optional(string)
    mutual_tls = optional(object({
      truststore_uri     = string
      truststore_version = optional(string)
    }))
    ownership_verification_certificate_arn = optional(string)
  })
  default = null
}

variable "endpoint" {
  description = "Endpoint of the API: REGIONAL, EDGE or PRIVATE."
  type = object({
    type             = optional(string, "REGIONAL")
    ip_address_type  = optional(string)
    vpc_endpoint_ids = optional(list(string), [])
  })
  default  = {}
  nullable = false
}

variable "log_kms_key_arn" {
  description = "KMS key of the stage's logs; null for CloudWatch's own."
  type        = string
  default     = null
}

variable "production" {
  description = "The stage has real callers: data trace is refused."
  type        = bool
  default     = false
  nullable    = false
}

variable "resource_policy" {
  description = "Resource policy of the API, JSON; null for none."
  type        = string
  default     = null
}

variable "vpc_links" {
  description = "VPC links by name; a route finds the id in the stage variable `vpc_link_NAME`."
  type = map(object({
    name              = string
    load_balancer_arn = string
  }))
  default  = {}
  nullable = false
}

variable "web_acl_arn" {
  description = "WAFv2 web ACL before the stage; null for none."
  type        = string
  default     = null
}
