variable "role_name" {
  description = "Name of the role; null for `apigateway-cloudwatch-{region}`."
  type        = string
  default     = null

  validation {
    condition     = var.role_name == null ? true : can(regex("^[A-Za-z0-9+=,.@_-]{1,64}$", var.role_name))
    error_message = "A role's name has 1 to 64 of the characters A-Z a-z 0-9 + = , . @ _ -; seen: `${coalesce(var.role_name, "null")}`."
  }
}

variable "tags" {
  description = "Tags of the role."
  type        = map(string)
  default     = {}
  nullable    = false
}
