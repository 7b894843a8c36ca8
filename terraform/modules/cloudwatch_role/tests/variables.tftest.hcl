# Refusals only: none of them gets as far as the provider.

mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

run "a_role_name_with_a_slash_is_refused" {
  command = plan

  variables {
    role_name = "service-role/apigateway"
  }

  expect_failures = [var.role_name]
}

run "a_role_name_over_64_characters_is_refused" {
  command = plan

  variables {
    role_name = "r1234567890123456789012345678901234567890123456789012345678901234"
  }

  expect_failures = [var.role_name]
}
