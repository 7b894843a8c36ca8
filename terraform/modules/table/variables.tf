variable "deletion_protection" {
  description = "Refuse to delete the table, by whomever, until this is off and applied."
  type        = bool
  default     = false
  nullable    = false
}

variable "global_secondary_indexes" {
  description = "Global secondary indexes by name. `non_key_attributes` only with the projection INCLUDE."
  type = map(object({
    hash_key           = string
    hash_key_type      = optional(string, "S")
    range_key          = optional(string)
    range_key_type     = optional(string, "S")
    projection_type    = optional(string, "ALL")
    non_key_attributes = optional(list(string))
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.global_secondary_indexes) : can(regex("^[A-Za-z0-9_.-]{3,255}$", name))])
    error_message = "An index's name has 3 to 255 of the characters A-Z a-z 0-9 _ . -; seen: ${join(", ", [for name in keys(var.global_secondary_indexes) : "`${name}`"])}."
  }

  validation {
    condition     = alltrue([for index in var.global_secondary_indexes : contains(["ALL", "KEYS_ONLY", "INCLUDE"], index.projection_type)])
    error_message = "`projection_type` is ALL, KEYS_ONLY or INCLUDE; seen: ${join(", ", [for index in var.global_secondary_indexes : "`${index.projection_type}`"])}."
  }

  validation {
    condition = alltrue([
      for index in var.global_secondary_indexes : (index.projection_type == "INCLUDE") == (length(coalesce(index.non_key_attributes, [])) > 0)
    ])
    error_message = "`non_key_attributes` goes with the projection INCLUDE, and INCLUDE with at least one; look at: ${join(", ", keys(var.global_secondary_indexes))}."
  }

  validation {
    condition = alltrue([
      for types in values({
        for key in flatten([
          { name = var.hash_key, type = var.hash_key_type },
          { name = coalesce(var.range_key, var.hash_key), type = var.range_key == null ? var.hash_key_type : var.range_key_type },
          [for index in var.global_secondary_indexes : [
            { name = index.hash_key, type = index.hash_key_type },
            { name = coalesce(index.range_key, index.hash_key), type = index.range_key == null ? index.hash_key_type : index.range_key_type },
          ]],
        ]) : key.name => key.type...
      }) : length(distinct(types)) == 1
    ])
    error_message = "A key attribute has one type in the table and all its indexes; seen: ${join(", ", distinct(flatten([
      "`${var.hash_key}` ${var.hash_key_type}",
      var.range_key == null ? [] : ["`${var.range_key}` ${var.range_key_type}"],
      [for index in var.global_secondary_indexes : [
        "`${index.hash_key}` ${index.hash_key_type}",
        index.range_key == null ? [] : ["`${index.range_key}` ${index.range_key_type}"],
      ]],
    ])))}."
  }

  validation {
    condition = alltrue([
      for index in var.global_secondary_indexes : length(setsubtract([index.hash_key_type, index.range_key_type], ["S", "N", "B"])) == 0
    ])
    error_message = "A key's type is S, N or B; seen: ${join(", ", [for name, index in var.global_secondary_indexes : "`${name}` ${index.hash_key_type} ${index.range_key_type}"])}."
  }
}

variable "hash_key" {
  description = "Partition key: name of the attribute."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.hash_key) >= 1 && length(var.hash_key) <= 255
    error_message = "A key attribute's name has 1 to 255 characters; seen: `${var.hash_key}`."
  }
}

variable "hash_key_type" {
  description = "Type of the partition key: S (string), N (number) or B (binary)."
  type        = string
  default     = "S"
  nullable    = false

  validation {
    condition     = contains(["S", "N", "B"], var.hash_key_type)
    error_message = "`hash_key_type` is S, N or B; seen: `${var.hash_key_type}`."
  }
}

variable "kms_key_arn" {
  description = "ARN of a KMS key of your own to encrypt with; who uses the table then needs kms:Decrypt on it. Null for the account's key for DynamoDB."
  type        = string
  default     = null
}

variable "name" {
  description = "Name of the table."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_.-]{3,255}$", var.name))
    error_message = "A table's name has 3 to 255 of the characters A-Z a-z 0-9 _ . -; seen: `${var.name}`."
  }
}

variable "point_in_time_recovery" {
  description = "Continuous backups: restore to any second of the last 35 days."
  type        = bool
  default     = true
  nullable    = false
}

variable "range_key" {
  description = "Sort key: name of the attribute; null for a table without."
  type        = string
  default     = null

  validation {
    condition     = var.range_key != var.hash_key
    error_message = "The sort key is another attribute than the partition key; seen for both: `${var.hash_key}`."
  }
}

variable "range_key_type" {
  description = "Type of the sort key: S (string), N (number) or B (binary)."
  type        = string
  default     = "S"
  nullable    = false

  validation {
    condition     = contains(["S", "N", "B"], var.range_key_type)
    error_message = "`range_key_type` is S, N or B; seen: `${var.range_key_type}`."
  }
}

variable "tags" {
  description = "Tags of the table."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "ttl_attribute" {
  description = "Attribute that holds the time, in seconds since 1970, from which DynamoDB may delete an item; null for none."
  type        = string
  default     = null
}
