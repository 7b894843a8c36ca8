data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  # The setting is a region's, roles are the account's: one role a region, so that they never meet.
  role_name = coalesce(var.role_name, "apigateway-cloudwatch-${data.aws_region.current.id}")
}

# One setting an account and region, shared by every API in it, strangers' too. Losing the role switches off
# everybody's logs; that is what `prevent_destroy` is for. Take the block away to really remove it.
resource "aws_iam_role" "this" {
  name        = local.role_name
  description = "Lets API Gateway write the logs of all APIs of ${data.aws_region.current.id}"
  tags        = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "apigateway.amazonaws.com" }
    }]
  })

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_iam_role_policy_attachment" "push_to_cloudwatch_logs" {
  role = aws_iam_role.this.name
  # AWS's own policy: API Gateway checks the role when it is set, and refuses it with less than this.
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"

  lifecycle {
    prevent_destroy = true
  }
}

# No `reset_on_delete`: destroying this resource must leave the account's setting alone.
resource "aws_api_gateway_account" "this" {
  cloudwatch_role_arn = aws_iam_role.this.arn

  # API Gateway tries the role out. IAM needs up to a minute and a half to let it; the provider waits.
  depends_on = [aws_iam_role_policy_attachment.push_to_cloudwatch_logs]
}
