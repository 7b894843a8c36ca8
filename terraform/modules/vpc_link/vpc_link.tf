# Takes minutes to make: API Gateway sets up a VPC endpoint service on the load balancer.
resource "aws_api_gateway_vpc_link" "this" {
  name        = var.name
  description = var.description
  target_arns = [var.load_balancer_arn]
  tags        = var.tags
}
