variable "file_system" {
  description = "EFS access point, mounted at `mount_path` below /mnt; needs `vpc`, with mount targets in its subnets. Null for none."
  type = object({
    access_point_arn = string
    mount_path       = string
    read_only        = optional(bool, false)
  })
  default = null

  validation {
    condition     = var.file_system == null ? true : can(regex("^arn:[a-z-]+:elasticfilesystem:[a-z0-9-]+:[0-9]{12}:access-point/fsap-[a-f0-9]{17}$", var.file_system.access_point_arn))
    error_message = "`access_point_arn` is the ARN of an EFS access point, ending in `:access-point/fsap-` and 17 characters; seen: `${try(var.file_system.access_point_arn, "")}`."
  }

  validation {
    condition     = var.file_system == null ? true : can(regex("^/mnt/[A-Za-z0-9_.-]+$", var.file_system.mount_path))
    error_message = "`mount_path` is `/mnt/` and one name; seen: `${try(var.file_system.mount_path, "")}`."
  }

  validation {
    condition     = var.file_system == null || var.vpc != null
    error_message = "A file system is reached through a VPC: set `vpc` too; seen: none beside ${try(var.file_system.access_point_arn, "-")}."
  }
}

variable "vpc" {
  description = "Subnets and security groups the function's traffic goes through; it then reaches the internet only by a NAT gateway in them. Null for none. The role gets what Lambda needs to make network interfaces, and no more."
  type = object({
    subnet_ids         = list(string)
    security_group_ids = list(string)
    ipv6               = optional(bool, false)
  })
  default = null

  validation {
    condition     = var.vpc == null ? true : length(var.vpc.subnet_ids) > 0 && alltrue([for id in var.vpc.subnet_ids : can(regex("^subnet-[a-z0-9]+$", id))])
    error_message = "`subnet_ids` has at least one id such as `subnet-0a1b2c3d4e5f60718`; seen: ${jsonencode(try(var.vpc.subnet_ids, []))}."
  }

  validation {
    condition     = var.vpc == null ? true : length(var.vpc.security_group_ids) > 0 && alltrue([for id in var.vpc.security_group_ids : can(regex("^sg-[a-z0-9]+$", id))])
    error_message = "`security_group_ids` has at least one id such as `sg-0a1b2c3d4e5f60718`; seen: ${jsonencode(try(var.vpc.security_group_ids, []))}."
  }
}
