module "domain" {
  source   = "../modules/domain"
  for_each = var.domain == null ? {} : { this = var.domain }

  name            = each.value.name
  certificate_arn = each.value.certificate_arn
  endpoint_type   = each.value.endpoint_type
  ip_address_type = each.value.ip_address_type
  mutual_tls      = each.value.mutual_tls
  security_policy = each.value.security_policy
  zone_id         = each.value.zone_id

  ownership_verification_certificate_arn = each.value.ownership_verification_certificate_arn

  mappings = { (each.value.base_path) = { rest_api_id = module.rest_api.rest_api_id, stage = module.rest_api.stage } }
}
