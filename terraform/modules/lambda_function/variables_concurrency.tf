variable "provisioned_concurrency" {
  description = "Instances that stand ready behind the alias, paid by the hour whether called or not. Null for none."
  type        = number
  default     = null

  validation {
    condition     = var.provisioned_concurrency == null ? true : var.provisioned_concurrency >= 1 && floor(var.provisioned_concurrency) == var.provisioned_concurrency
    error_message = "`provisioned_concurrency` is a whole number from 1, or null; seen: ${coalesce(var.provisioned_concurrency, -1)}."
  }

  validation {
    condition     = var.provisioned_concurrency == null || var.reserved_concurrency == null ? true : var.provisioned_concurrency <= var.reserved_concurrency
    error_message = "`provisioned_concurrency` is a part of `reserved_concurrency`, at most all of it; seen: ${coalesce(var.provisioned_concurrency, -1)} of ${coalesce(var.reserved_concurrency, -1)}."
  }
}

variable "reserved_concurrency" {
  description = "Invocations at a time, taken out of the account's pool and kept for this function; 0 stops it. Null for a share of the pool."
  type        = number
  default     = null

  validation {
    condition     = var.reserved_concurrency == null ? true : var.reserved_concurrency >= 0 && floor(var.reserved_concurrency) == var.reserved_concurrency
    error_message = "`reserved_concurrency` is a whole number from 0, or null; seen: ${coalesce(var.reserved_concurrency, -1)}."
  }
}

variable "snap_start" {
  description = "Start instances from a snapshot that is taken when a version is published. Python 3.12 and later; Lambda takes some minutes more for each version."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = !var.snap_start || contains(["python3.12", "python3.13"], var.runtime)
    error_message = "SnapStart is for python3.12 and later; seen: `${var.runtime}`."
  }

  validation {
    # https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html#snapstart-runtimes
    condition     = !var.snap_start || (var.provisioned_concurrency == null && var.file_system == null && var.ephemeral_storage == 512)
    error_message = "SnapStart excludes `provisioned_concurrency`, `file_system` and an `ephemeral_storage` other than 512 MB; seen: ${coalesce(var.provisioned_concurrency, 0)} instances, ${var.file_system == null ? "no file system" : "a file system"}, ${var.ephemeral_storage} MB."
  }
}

variable "version_weights" {
  description = "Share of the callers, above 0 and below 1, that get another published version than the newest: weight by version number, one at most."
  type        = map(number)
  default     = {}
  nullable    = false

  validation {
    condition     = length(var.version_weights) <= 1
    error_message = "An alias has at most one version beside its own; seen: ${join(", ", [for number in keys(var.version_weights) : "`${number}`"])}."
  }

  validation {
    condition     = alltrue([for number, weight in var.version_weights : can(regex("^[1-9][0-9]*$", number)) && weight > 0 && weight < 1])
    error_message = "`version_weights` maps a version's number to a share above 0 and below 1; seen: ${jsonencode(var.version_weights)}."
  }
}
