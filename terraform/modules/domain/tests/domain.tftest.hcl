mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name            = "api.example.com"
  certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"
  mappings        = { "" = { rest_api_id = "a1b2c3d4e5", stage = "prod" } }
}

run "a_regional_domain_speaks_tls_1_2_and_leads_to_the_stage" {
  command = plan

  assert {
    condition = {
      certificate = aws_api_gateway_domain_name.this["this"].regional_certificate_arn
      tls         = aws_api_gateway_domain_name.this["this"].security_policy
      types       = one(aws_api_gateway_domain_name.this["this"].endpoint_configuration).types
    } == { certificate = var.certificate_arn, tls = "TLS_1_2", types = tolist(["REGIONAL"]) }
    error_message = "Domain: ${jsonencode(aws_api_gateway_domain_name.this["this"].endpoint_configuration)}"
  }

  assert {
    condition     = aws_api_gateway_domain_name.this["this"].certificate_arn == null
    error_message = "The certificate is CloudFront's."
  }

  assert {
    condition     = aws_api_gateway_base_path_mapping.this[""].base_path == null && aws_api_gateway_base_path_mapping.this[""].api_id == "a1b2c3d4e5" && aws_api_gateway_base_path_mapping.this[""].stage_name == "prod"
    error_message = "Mapping: ${jsonencode(aws_api_gateway_base_path_mapping.this[""])}"
  }

  assert {
    condition     = length(aws_route53_record.this) == 0 && output.target == { name = "d-mocked.execute-api.eu-central-1.amazonaws.com", zone_id = "Z1U9ULNL0V5AJ3" } && output.urls == { "" = "https://api.example.com" }
    error_message = "target: ${jsonencode(output.target)}, urls: ${jsonencode(output.urls)}"
  }
}

run "an_edge_domain_is_cloudfronts_and_has_records_of_both_kinds" {
  command = plan

  variables {
    certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"
    endpoint_type   = "EDGE"
    zone_id         = "Z0123456789"
  }

  assert {
    condition     = aws_api_gateway_domain_name.this["this"].certificate_arn == var.certificate_arn && aws_api_gateway_domain_name.this["this"].regional_certificate_arn == null
    error_message = "The certificate is not CloudFront's."
  }

  assert {
    condition = { for type, record in aws_route53_record.this : type => { zone = record.zone_id, name = record.name, target = one(record.alias).name, of = one(record.alias).zone_id } } == {
      for type in ["A", "AAAA"] : type => { zone = "Z0123456789", name = "api.example.com", target = "d111111abcdef8.cloudfront.net", of = "Z2FDTNDATAQYW2" }
    }
    error_message = "Records: ${jsonencode(aws_route53_record.this)}"
  }
}

run "mutual_tls_pins_the_truststore" {
  command = plan

  variables {
    mutual_tls                             = { truststore_uri = "s3://trust/clients.pem", truststore_version = "v1" }
    ownership_verification_certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/5678abcd-12ab-34cd-56ef-1234567890ab"
  }

  assert {
    condition     = one(aws_api_gateway_domain_name.this["this"].mutual_tls_authentication).truststore_uri == "s3://trust/clients.pem" && one(aws_api_gateway_domain_name.this["this"].mutual_tls_authentication).truststore_version == "v1" && aws_api_gateway_domain_name.this["this"].ownership_verification_certificate_arn == var.ownership_verification_certificate_arn
    error_message = "Mutual TLS: ${jsonencode(aws_api_gateway_domain_name.this["this"].mutual_tls_authentication)}"
  }
}

run "a_domain_of_somebody_elses_only_gets_mappings" {
  command = plan

  variables {
    certificate_arn = null
    zone_id         = "Z0123456789"
    mappings        = { orders = { rest_api_id = "a1b2c3d4e5", stage = "prod" } }
  }

  assert {
    condition     = length(aws_api_gateway_domain_name.this) == 0 && length(aws_route53_record.this) == 0 && output.target == null
    error_message = "Something is made that is not ours."
  }

  assert {
    condition     = aws_api_gateway_base_path_mapping.this["orders"].base_path == "orders" && output.urls == { orders = "https://api.example.com/orders" }
    error_message = "urls: ${jsonencode(output.urls)}"
  }
}

run "a_dual_stack_domain_has_records_of_both_kinds" {
  command = plan

  variables {
    ip_address_type = "dualstack"
    zone_id         = "Z0123456789"
  }

  assert {
    condition     = aws_api_gateway_domain_name.this["this"].endpoint_configuration[0].ip_address_type == "dualstack" && keys(aws_route53_record.this) == ["A", "AAAA"]
    error_message = "Records: ${jsonencode(keys(aws_route53_record.this))}"
  }
}
