# Refusals only: none of them gets as far as the provider.

mock_provider "aws" {
  source          = "../mocks"
  override_during = plan
}

variables {
  region = "eu-central-1"
}

run "an_account_id_of_eleven_digits_is_refused" {
  command = plan

  variables {
    account_id = "12345678901"
  }

  expect_failures = [var.account_id]
}
