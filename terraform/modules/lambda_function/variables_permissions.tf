variable "permissions_boundary" {
  description = "ARN of the policy that bounds what the role can ever do; null for none."
  type        = string
  default     = null
}

variable "policies" {
  description = "More inline policies of the role, JSON by name, for what `statements` cannot say."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = !contains(keys(var.policies), "own")
    error_message = "The policy name `own` is taken by the module's own policy; seen: ${join(", ", keys(var.policies))}."
  }

  validation {
    condition     = alltrue([for policy in var.policies : can(jsondecode(policy).Statement)])
    error_message = "A policy is an IAM policy document in JSON, with `Statement`; look at: ${join(", ", [for name, policy in var.policies : "`${name}`" if !can(jsondecode(policy).Statement)])}."
  }
}

variable "statements" {
  description = "What the function may do beside writing its log and using `tables`. No wildcard in `actions`; `*` among `resources` only with `any_resource`, for actions that have none to name. `conditions` by operator and key."
  type = list(object({
    actions      = list(string)
    resources    = list(string)
    conditions   = optional(map(map(list(string))), {})
    any_resource = optional(bool, false)
  }))
  default  = []
  nullable = false

  validation {
    condition     = alltrue([for statement in var.statements : length(statement.actions) > 0 && alltrue([for action in statement.actions : can(regex("^[a-z0-9-]+:[A-Za-z0-9]+$", action))])])
    error_message = "A statement names each action, `service:Action`, without wildcards; seen: ${jsonencode(var.statements[*].actions)}."
  }

  validation {
    condition = alltrue([
      for statement in var.statements : length(statement.resources) > 0 && alltrue([
        for resource in statement.resources : resource == "*" ? statement.any_resource : startswith(resource, "arn:")
      ])
    ])
    error_message = "A statement names ARNs, or `*` together with `any_resource = true`; seen: ${jsonencode(var.statements[*].resources)}."
  }
}
