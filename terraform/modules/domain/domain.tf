# Without a certificate the domain is somebody else's, shared by several APIs: only mappings are made then.
resource "aws_api_gateway_domain_name" "this" {
  for_each = var.certificate_arn == null ? {} : { this = var.certificate_arn }

  domain_name     = var.name
  security_policy = var.security_policy
  tags            = var.tags

  # CloudFront takes certificates of us-east-1, a region those of its own.
  certificate_arn                        = var.endpoint_type == "EDGE" ? each.value : null
  regional_certificate_arn               = var.endpoint_type == "REGIONAL" ? each.value : null
  ownership_verification_certificate_arn = var.ownership_verification_certificate_arn

  endpoint_configuration {
    types           = [var.endpoint_type]
    ip_address_type = var.ip_address_type
  }

  dynamic "mutual_tls_authentication" {
    for_each = var.mutual_tls == null ? [] : [var.mutual_tls]

    content {
      truststore_uri     = mutual_tls_authentication.value.truststore_uri
      truststore_version = mutual_tls_authentication.value.truststore_version
    }
  }

  lifecycle {
    # A domain name exists once: the new one can't be made before the old one is gone.
    create_before_destroy = false
  }
}

resource "aws_api_gateway_base_path_mapping" "this" {
  for_each = var.mappings

  domain_name = var.name
  base_path   = each.key == "" ? null : each.key
  api_id      = each.value.rest_api_id
  stage_name  = each.value.stage

  depends_on = [aws_api_gateway_domain_name.this]
}
