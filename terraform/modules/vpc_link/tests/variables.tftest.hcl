# Refusals only: none of them gets as far as the provider.

mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name              = "orders-prod-internal"
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/internal/0a1b2c3d4e5f6071"
}

run "an_application_load_balancer_is_refused" {
  command = plan

  variables {
    load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/internal/0a1b2c3d4e5f6071"
  }

  expect_failures = [var.load_balancer_arn]
}

run "a_link_without_a_name_is_refused" {
  command = plan

  variables {
    name = ""
  }

  expect_failures = [var.name]
}
