mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

run "the_example_minimal_plans" {
  command = plan

  module {
    source = "./examples/minimal"
  }

  variables {
    package = { file = "variables.tf", sha256 = filebase64sha256("variables.tf") }
  }

  assert {
    condition     = output.url == "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/prod"
    error_message = "url: ${output.url}"
  }
}

run "the_example_complete_plans" {
  command = plan

  module {
    source = "./examples/complete"
  }

  variables {
    package           = { file = "variables.tf", sha256 = filebase64sha256("variables.tf") }
    load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/stock/0a1b2c3d4e5f6071"
    web_acl_arn       = "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/example/1234abcd-12ab-34cd-56ef-1234567890ab"
    keys = {
      environment = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
      logs        = "arn:aws:kms:eu-central-1:123456789012:key/5678abcd-12ab-34cd-56ef-1234567890ab"
    }
  }

  assert {
    condition     = output.url == "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/prod"
    error_message = "url: ${output.url}"
  }
}

run "the_example_private_plans_and_lets_its_endpoint_in" {
  command = plan

  module {
    source = "./examples/private"
  }

  variables {
    package = { file = "variables.tf", sha256 = filebase64sha256("variables.tf") }
    vpc     = { subnet_ids = ["subnet-0a"], security_group_ids = ["sg-0a"], endpoint_id = "vpce-0a" }
  }

  assert {
    condition     = jsondecode(output.body)["x-amazon-apigateway-policy"].Statement[0].Condition.StringEquals["aws:SourceVpce"] == ["vpce-0a"]
    error_message = "Policy: ${output.body}"
  }
}

run "the_example_custom_domain_plans" {
  command = plan

  module {
    source = "./examples/custom-domain"
  }

  variables {
    package         = { file = "variables.tf", sha256 = filebase64sha256("variables.tf") }
    certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"
    zone_id         = "Z0123456789"
  }

  assert {
    condition     = output.url == "https://api.example.com/orders"
    error_message = "url: ${output.url}"
  }
}

run "the_example_vtl_plans_with_every_kind_of_integration" {
  command = plan

  module {
    source = "./examples/vtl"
  }

  variables {
    package = { file = "variables.tf", sha256 = filebase64sha256("variables.tf") }
  }

  assert {
    condition = {
      for path, operations in jsondecode(output.body).paths : path => [
        for operation in operations : operation["x-amazon-apigateway-integration"].type
      ]
      } == {
      "/quotes"           = ["AWS"]
      "/quotes/batch"     = ["AWS"]
      "/rates/{currency}" = ["HTTP_PROXY"]
      "/health"           = ["MOCK"]
    }
    error_message = "Integrations: ${output.body}"
  }

  assert {
    condition     = jsondecode(output.body).paths["/quotes/batch"].post["x-amazon-apigateway-integration"].requestParameters["integration.request.header.X-Amz-Invocation-Type"] == "'Event'"
    error_message = "The batch is waited for: ${output.body}"
  }

  assert {
    condition     = alltrue([for path in ["/quotes", "/quotes/batch"] : jsondecode(output.body).paths[path].post["x-amazon-apigateway-integration"].httpMethod == "POST"])
    error_message = "Lambda is invoked by another method than POST: ${output.body}"
  }
}

run "the_example_services_plans_with_a_role_for_each_route" {
  command = plan

  module {
    source = "./examples/services"
  }

  variables {
    queue = { arn = "arn:aws:sqs:eu-central-1:123456789012:messages", path = "123456789012/messages" }
  }

  assert {
    condition = length(distinct([
      for operations in values(jsondecode(output.body).paths) : [for operation in values(operations) : operation["x-amazon-apigateway-integration"].credentials]
    ])) == 2
    error_message = "Body: ${output.body}"
  }

  assert {
    condition     = jsondecode(jsondecode(output.body).paths["/notes/{id}"].get["x-amazon-apigateway-integration"].requestTemplates["application/json"]).TableName == "notes-prod-notes"
    error_message = "Body: ${output.body}"
  }
}
