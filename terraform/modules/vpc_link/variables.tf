variable "description" {
  description = "What is behind the link, shown in the console."
  type        = string
  default     = null
}

variable "load_balancer_arn" {
  description = "ARN of the network load balancer that REST APIs reach a VPC through: of the same account and region, and no application load balancer."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:loadbalancer/net/[A-Za-z0-9-]+/[a-f0-9]+$", var.load_balancer_arn))
    error_message = "A REST API's VPC link leads to a network load balancer, `…:loadbalancer/net/NAME/ID`; seen: `${var.load_balancer_arn}`."
  }
}

variable "name" {
  description = "Name of the link."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.name) >= 1 && length(var.name) <= 128
    error_message = "A link's name has 1 to 128 characters; seen: ${length(var.name)}."
  }
}

variable "tags" {
  description = "Tags of the link."
  type        = map(string)
  default     = {}
  nullable    = false
}
