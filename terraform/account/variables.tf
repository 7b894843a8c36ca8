variable "account_id" {
  description = "Account this may be applied in; null for whichever the credentials are of."
  type        = string
  default     = null

  validation {
    condition     = var.account_id == null ? true : can(regex("^[0-9]{12}$", var.account_id))
    error_message = "An account id has 12 digits; seen: `${coalesce(var.account_id, "null")}`."
  }
}

variable "region" {
  description = "Region whose API Gateway gets the role."
  type        = string
  nullable    = false
}

variable "role_name" {
  description = "Name of the role; null for `apigateway-cloudwatch-{region}`."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of the role."
  type        = map(string)
  default     = {}
  nullable    = false
}
