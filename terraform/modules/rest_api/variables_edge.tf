# Where the API is reached, by whom, and what stands before it.

variable "canary" {
  description = "Give `percent` of the requests, 0 to 100, to a canary: another deployment (`deployment_id`, null for the stage's own), and `variables` over the stage's. Null for none."
  type = object({
    percent       = number
    deployment_id = optional(string)
    variables     = optional(map(string), {})
    use_cache     = optional(bool, false)
  })
  default = null

  validation {
    condition     = var.canary == null ? true : var.canary.percent >= 0 && var.canary.percent <= 100
    error_message = "`canary.percent` is 0 to 100; seen: ${try(var.canary.percent, 0)}."
  }

  validation {
    condition     = var.canary == null ? true : var.canary.deployment_id != null || length(var.canary.variables) > 0
    error_message = "A canary differs from its stage, by `deployment_id` or by `variables`; seen: ${jsonencode(var.canary)}."
  }

  validation {
    condition = alltrue([
      for name, value in try(coalesce(var.canary.variables, {}), {}) :
      can(regex("^[A-Za-z0-9_]{1,64}$", name)) && can(regex("^[A-Za-z0-9._~:/?#&=,-]{1,512}$", value))
    ])
    error_message = "A canary's variables are as the stage's: names of A-Z a-z 0-9 _, values of A-Z a-z 0-9 - . _ ~ : / ? # & = ,; names seen: ${jsonencode(try(keys(var.canary.variables), []))}."
  }
}

variable "client_certificate" {
  description = "Show HTTP backends a client certificate of the stage's own, made by API Gateway and valid for a year. Of no use to Lambda."
  type        = bool
  default     = false
  nullable    = false
}

variable "disable_execute_api_endpoint" {
  description = "Answer under custom domains only. With mutual TLS on one, this is what closes the way around it."
  type        = bool
  default     = false
  nullable    = false
}

variable "endpoint" {
  description = "Endpoint of the API: REGIONAL; EDGE, behind a CloudFront distribution of API Gateway's own; or PRIVATE, reached through VPC endpoints only, those of `vpc_endpoint_ids` unless `resource_policy` says otherwise. `ip_address_type` is `ipv4` or `dualstack`, which is IPv6 too; null leaves it as it is."
  type = object({
    type             = optional(string, "REGIONAL")
    ip_address_type  = optional(string)
    vpc_endpoint_ids = optional(list(string), [])
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains(["REGIONAL", "EDGE", "PRIVATE"], var.endpoint.type)
    error_message = "`endpoint.type` is REGIONAL, EDGE or PRIVATE; seen: `${var.endpoint.type}`."
  }

  validation {
    condition     = var.endpoint.ip_address_type == null ? true : var.endpoint.ip_address_type == "dualstack" || var.endpoint.ip_address_type == "ipv4" && var.endpoint.type != "PRIVATE"
    error_message = "`endpoint.ip_address_type` is ipv4 or dualstack, for a PRIVATE endpoint dualstack; seen: `${coalesce(var.endpoint.ip_address_type, "null")}` with ${var.endpoint.type}."
  }

  validation {
    condition     = var.endpoint.type == "PRIVATE" || length(var.endpoint.vpc_endpoint_ids) == 0
    error_message = "Only a PRIVATE endpoint has `vpc_endpoint_ids`; seen: ${var.endpoint.type} with ${length(var.endpoint.vpc_endpoint_ids)}."
  }

  validation {
    condition     = var.endpoint.type != "PRIVATE" || length(var.endpoint.vpc_endpoint_ids) > 0 || var.resource_policy != null
    error_message = "A PRIVATE endpoint says who may reach it: `vpc_endpoint_ids`, or `resource_policy` (API Gateway deploys no private API without a policy). Seen: neither with ${var.endpoint.type}."
  }

  validation {
    condition     = alltrue([for id in var.endpoint.vpc_endpoint_ids : can(regex("^vpce-[a-z0-9]+$", id))])
    error_message = "A VPC endpoint's id is `vpce-…`; seen: ${jsonencode(var.endpoint.vpc_endpoint_ids)}."
  }
}

variable "resource_policy" {
  description = "Resource policy of the API, JSON: who may call it, from where. `execute-api:/*` stands for all of this API. Null for none, or, for a PRIVATE endpoint, for one that lets its VPC endpoints in and nobody else."
  type        = string
  default     = null

  validation {
    condition     = var.resource_policy == null ? true : can(jsondecode(var.resource_policy).Statement)
    error_message = "`resource_policy` is a policy document in JSON, with `Statement`; seen: ${length(coalesce(var.resource_policy, "-"))} characters."
  }

  validation {
    condition     = length(coalesce(var.resource_policy, "-")) <= 8192
    error_message = "A resource policy has at most 8192 characters; seen: ${length(coalesce(var.resource_policy, "-"))}."
  }
}

variable "web_acl_arn" {
  description = "ARN of a regional WAFv2 web ACL that looks at requests before the stage does; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.web_acl_arn == null ? true : can(regex("^arn:[a-z-]+:wafv2:[a-z0-9-]+:[0-9]{12}:regional/webacl/[^/]+/[a-f0-9-]+$", var.web_acl_arn))
    error_message = "A web ACL for a stage is a regional one of WAFv2, `…:regional/webacl/NAME/ID`; seen: `${coalesce(var.web_acl_arn, "null")}`."
  }
}
