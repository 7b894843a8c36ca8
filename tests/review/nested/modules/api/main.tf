variable "name" {}
variable "path" {}
variable "routes" {}
variable "invoke" {}
variable "trigger" {}
variable "endpoint" { default = "REGIONAL" }

resource "aws_api_gateway_rest_api" "this" {
  name = var.name
  endpoint_configuration {
    types = [var.endpoint]
  }
}

resource "aws_api_gateway_resource" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_rest_api.this.root_resource_id
  path_part   = var.path
}

module "route" {
  source        = "../route"
  for_each      = var.routes
  api           = aws_api_gateway_rest_api.this.id
  parent        = aws_api_gateway_resource.this.id
  part          = each.key
  method        = each.value.method
  authorization = each.value.authorization
  invoke        = var.invoke
}

resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  triggers    = { redeployment = sha1(jsonencode([var.routes, var.trigger])) }
  depends_on  = [module.route]
  lifecycle { create_before_destroy = true }
}

resource "aws_api_gateway_stage" "this" {
  rest_api_id   = aws_api_gateway_rest_api.this.id
  deployment_id = aws_api_gateway_deployment.this.id
  stage_name    = "live"
}

output "id" { value = aws_api_gateway_rest_api.this.id }
output "root" { value = aws_api_gateway_rest_api.this.root_resource_id }
output "stage" { value = aws_api_gateway_stage.this.stage_name }
output "execution_arn" { value = aws_api_gateway_rest_api.this.execution_arn }
