variable "api" {}
variable "parent" {}
variable "part" {}
variable "method" {}
variable "authorization" {}
variable "invoke" {}

resource "aws_api_gateway_resource" "this" {
  rest_api_id = var.api
  parent_id   = var.parent
  path_part   = var.part
}

resource "aws_api_gateway_method" "this" {
  rest_api_id   = var.api
  resource_id   = aws_api_gateway_resource.this.id
  http_method   = var.method
  authorization = var.authorization
}

resource "aws_api_gateway_integration" "this" {
  rest_api_id             = var.api
  resource_id             = aws_api_gateway_resource.this.id
  http_method             = aws_api_gateway_method.this.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = var.invoke
}
