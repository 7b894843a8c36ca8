# Refusals only: none of them gets as far as the provider.

mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name     = "orders-prod-orders"
  hash_key = "orderId"
}

run "a_name_of_two_characters_is_refused" {
  command = plan

  variables {
    name = "ab"
  }

  expect_failures = [var.name]
}

run "a_name_with_a_slash_is_refused" {
  command = plan

  variables {
    name = "orders/prod"
  }

  expect_failures = [var.name]
}

run "an_unknown_key_type_is_refused" {
  command = plan

  variables {
    hash_key_type = "BOOL"
  }

  expect_failures = [var.hash_key_type]
}

run "an_unknown_sort_key_type_is_refused" {
  command = plan

  variables {
    range_key_type = "string"
  }

  expect_failures = [var.range_key_type]
}

run "one_attribute_for_both_keys_is_refused" {
  command = plan

  variables {
    range_key = "orderId"
  }

  expect_failures = [var.range_key]
}

run "an_empty_key_is_refused" {
  command = plan

  variables {
    hash_key = ""
  }

  expect_failures = [var.hash_key]
}

run "an_index_that_gives_a_key_another_type_is_refused" {
  command = plan

  variables {
    global_secondary_indexes = { by-id = { hash_key = "orderId", hash_key_type = "N" } }
  }

  expect_failures = [var.global_secondary_indexes]
}

run "an_index_with_an_unknown_projection_is_refused" {
  command = plan

  variables {
    global_secondary_indexes = { by-date = { hash_key = "date", projection_type = "SOME" } }
  }

  expect_failures = [var.global_secondary_indexes]
}

run "including_no_attribute_is_refused" {
  command = plan

  variables {
    global_secondary_indexes = { by-date = { hash_key = "date", projection_type = "INCLUDE" } }
  }

  expect_failures = [var.global_secondary_indexes]
}

run "an_index_name_of_two_characters_is_refused" {
  command = plan

  variables {
    global_secondary_indexes = { ab = { hash_key = "date" } }
  }

  expect_failures = [var.global_secondary_indexes]
}

run "an_index_with_an_unknown_key_type_is_refused" {
  command = plan

  variables {
    global_secondary_indexes = { by-date = { hash_key = "date", hash_key_type = "BOOL" } }
  }

  expect_failures = [var.global_secondary_indexes]
}
