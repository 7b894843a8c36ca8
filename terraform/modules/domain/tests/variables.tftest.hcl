# Refusals only: none of them gets as far as the provider.

mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name            = "api.example.com"
  certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"
  mappings        = { "" = { rest_api_id = "a1b2c3d4e5", stage = "prod" } }
}

run "an_ip_address_type_of_ones_own_is_refused" {
  command = plan

  variables {
    ip_address_type = "ipv6"
  }

  expect_failures = [var.ip_address_type]
}

run "a_name_with_a_scheme_is_refused" {
  command = plan

  variables {
    name = "https://api.example.com"
  }

  expect_failures = [var.name]
}

run "a_certificate_of_iam_is_refused" {
  command = plan

  variables {
    certificate_arn = "arn:aws:iam::123456789012:server-certificate/api"
  }

  expect_failures = [var.certificate_arn]
}

run "an_edge_domain_with_a_regional_certificate_is_refused" {
  command = plan

  variables {
    endpoint_type = "EDGE"
  }

  expect_failures = [var.certificate_arn]
}

run "a_private_domain_is_refused" {
  command = plan

  variables {
    endpoint_type = "PRIVATE"
  }

  expect_failures = [var.endpoint_type]
}

run "a_base_path_with_a_slash_in_front_is_refused" {
  command = plan

  variables {
    mappings = { "/orders" = { rest_api_id = "a1b2c3d4e5", stage = "prod" } }
  }

  expect_failures = [var.mappings]
}

run "tls_1_0_is_refused" {
  command = plan

  variables {
    security_policy = "TLS_1_0"
  }

  expect_failures = [var.security_policy]
}

run "a_truststore_outside_s3_is_refused" {
  command = plan

  variables {
    mutual_tls = { truststore_uri = "https://example.com/clients.pem" }
  }

  expect_failures = [var.mutual_tls]
}

run "mutual_tls_at_the_edge_is_refused" {
  command = plan

  variables {
    certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"
    endpoint_type   = "EDGE"
    mutual_tls      = { truststore_uri = "s3://trust/clients.pem" }
  }

  expect_failures = [var.mutual_tls]
}

run "a_zone_by_its_name_is_refused" {
  command = plan

  variables {
    zone_id = "example.com"
  }

  expect_failures = [var.zone_id]
}
