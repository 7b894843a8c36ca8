variable "certificate_arn" {
  description = "ARN of the certificate in ACM: of the API's region for REGIONAL, of us-east-1 for EDGE. Null for a domain name that exists already; only the mappings are made then."
  type        = string
  default     = null

  validation {
    condition     = var.certificate_arn == null ? true : can(regex("^arn:[a-z-]+:acm:[a-z0-9-]+:[0-9]{12}:certificate/[a-f0-9-]+$", var.certificate_arn))
    error_message = "A certificate's ARN ends in `:certificate/ID`; seen: `${coalesce(var.certificate_arn, "null")}`."
  }

  validation {
    condition     = var.certificate_arn == null || var.endpoint_type != "EDGE" ? true : split(":", var.certificate_arn)[3] == "us-east-1"
    error_message = "CloudFront, behind an EDGE domain, takes certificates of us-east-1 only; seen: `${coalesce(var.certificate_arn, "null")}`."
  }
}

variable "endpoint_type" {
  description = "REGIONAL, or EDGE for a CloudFront distribution of API Gateway's own in front."
  type        = string
  default     = "REGIONAL"
  nullable    = false

  validation {
    condition     = contains(["REGIONAL", "EDGE"], var.endpoint_type)
    error_message = "`endpoint_type` is REGIONAL or EDGE; seen: `${var.endpoint_type}`."
  }
}

variable "ip_address_type" {
  description = "`ipv4`, or `dualstack` for IPv6 too, with a record of its own; null leaves it as it is."
  type        = string
  default     = null

  validation {
    condition     = var.ip_address_type == null ? true : contains(["ipv4", "dualstack"], var.ip_address_type)
    error_message = "`ip_address_type` is ipv4 or dualstack; seen: `${coalesce(var.ip_address_type, "null")}`."
  }
}

variable "mappings" {
  description = "Stages by base path; the empty path is the domain itself."
  type = map(object({
    rest_api_id = string
    stage       = string
  }))
  nullable = false

  validation {
    condition     = alltrue([for path in keys(var.mappings) : can(regex("^([A-Za-z0-9_.~!$'()*+,;:@-]+(/[A-Za-z0-9_.~!$'()*+,;:@-]+)*)?$", path))])
    error_message = "A base path is empty, or segments without a slash at either end; seen: ${join(", ", [for path in keys(var.mappings) : "`${path}`"])}."
  }
}

variable "mutual_tls" {
  description = "Ask clients for a certificate that one of the truststore's has signed: `truststore_uri` is its file in S3, `truststore_version` pins the object's version. Null for none. REGIONAL only; close the way around it with `disable_execute_api_endpoint` of the API."
  type = object({
    truststore_uri     = string
    truststore_version = optional(string)
  })
  default = null

  validation {
    condition     = var.mutual_tls == null ? true : can(regex("^s3://[a-z0-9.-]{3,63}/.+$", var.mutual_tls.truststore_uri))
    error_message = "`truststore_uri` is `s3://BUCKET/KEY`; seen: `${try(var.mutual_tls.truststore_uri, "")}`."
  }

  validation {
    condition     = var.mutual_tls == null || (var.endpoint_type == "REGIONAL" && var.certificate_arn != null)
    error_message = "Mutual TLS is for a REGIONAL domain made here, with `certificate_arn`; seen: ${var.endpoint_type}, ${var.certificate_arn == null ? "no certificate" : "a certificate"}."
  }
}

variable "name" {
  description = "The domain name, e.g. `api.example.com`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^(\\*\\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}$", var.name))
    error_message = "A domain name is lower case, labels with dots between, e.g. `api.example.com`; seen: `${var.name}`."
  }
}

variable "ownership_verification_certificate_arn" {
  description = "ARN of a public ACM certificate that shows whose the domain is: needed with mutual TLS when `certificate_arn` was imported or comes of a private CA. Null otherwise."
  type        = string
  default     = null
}

variable "security_policy" {
  description = "Least version of TLS and the ciphers: TLS_1_2, or one of the SecurityPolicy_TLS13_… names where the provider knows them (6.x; 5.100 does not)."
  type        = string
  default     = "TLS_1_2"
  nullable    = false

  validation {
    condition     = can(regex("^(TLS_1_2|SecurityPolicy_TLS1[23]_[A-Za-z0-9_]+)$", var.security_policy))
    error_message = "`security_policy` is TLS_1_2 or a SecurityPolicy_TLS12_… or SecurityPolicy_TLS13_… name; TLS 1.0 is none to offer. Seen: `${var.security_policy}`."
  }
}

variable "tags" {
  description = "Tags of the domain name."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "zone_id" {
  description = "Route 53 hosted zone that gets the domain's alias record; null to make the record elsewhere, from the output `target`."
  type        = string
  default     = null

  validation {
    condition     = var.zone_id == null ? true : can(regex("^Z[A-Z0-9]{1,31}$", var.zone_id))
    error_message = "A hosted zone's id starts with Z; seen: `${coalesce(var.zone_id, "null")}`."
  }
}
