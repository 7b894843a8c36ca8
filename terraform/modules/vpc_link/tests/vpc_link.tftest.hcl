mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name              = "orders-prod-internal"
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/internal/0a1b2c3d4e5f6071"
}

run "a_link_leads_to_its_load_balancer" {
  command = plan

  assert {
    condition     = aws_api_gateway_vpc_link.this.target_arns == tolist([var.load_balancer_arn]) && output.id == "l1nk"
    error_message = "Link: ${jsonencode(aws_api_gateway_vpc_link.this)}"
  }
}
