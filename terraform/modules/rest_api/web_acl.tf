resource "aws_wafv2_web_acl_association" "this" {
  for_each = var.web_acl_arn == null ? {} : { this = var.web_acl_arn }

  resource_arn = aws_api_gateway_stage.this.arn
  web_acl_arn  = each.value
}
