locals {
  # One by one: the resource as a whole is sensitive, for the private key that nobody gives it here.
  target = one([
    for domain in aws_api_gateway_domain_name.this : {
      name    = var.endpoint_type == "EDGE" ? domain.cloudfront_domain_name : domain.regional_domain_name
      zone_id = var.endpoint_type == "EDGE" ? domain.cloudfront_zone_id : domain.regional_zone_id
    }
  ])

  # CloudFront answers by IPv6 too, a regional domain by IPv4 unless it is made dual-stack.
  _record_types = var.endpoint_type == "EDGE" || var.ip_address_type == "dualstack" ? ["A", "AAAA"] : ["A"]
}

resource "aws_route53_record" "this" {
  #checkov:skip=CKV2_AWS_23:an alias of the domain name above, through a local value that a scan of a plan cannot follow
  for_each = toset(var.zone_id == null || var.certificate_arn == null ? [] : local._record_types)

  zone_id = var.zone_id
  name    = var.name
  type    = each.key

  alias {
    name                   = local.target.name
    zone_id                = local.target.zone_id
    evaluate_target_health = false # API Gateway has no health to tell
  }
}
