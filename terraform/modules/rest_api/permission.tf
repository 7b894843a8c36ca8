# One statement a function, not one a route: a function's resource policy holds 20,480 bytes, about 50 statements.
# Bound to this API and this stage, on the alias the routes invoke; any method and path behind them. Name and
# alias are taken from the alias's own ARN: a function that is replaced takes its permissions along, and an ARN
# that is not known yet is what makes Terraform plan new ones.
resource "aws_lambda_permission" "invoke" {
  for_each = toset(compact([for route in var.routes : route.function if route.credentials == null]))

  statement_id  = substr("apigateway-${aws_api_gateway_rest_api.this.id}-${var.stage}", 0, 100) # Lambda's limit
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  function_name = split(":", var.alias_arns[each.key])[6]
  qualifier     = split(":", var.alias_arns[each.key])[7]
  source_arn    = "${aws_api_gateway_rest_api.this.execution_arn}/${var.stage}/*/*"
}

# Authorizers are no methods of a stage: their source ARN has an id that API Gateway makes at the import.
resource "aws_lambda_permission" "authorize" {
  for_each = toset(compact([for authorizer in var.authorizers : authorizer.function]))

  statement_id  = substr("apigateway-${aws_api_gateway_rest_api.this.id}-${var.stage}-authorizers", 0, 100) # Lambda's limit
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  function_name = split(":", var.alias_arns[each.key])[6]
  qualifier     = split(":", var.alias_arns[each.key])[7]
  source_arn    = "${aws_api_gateway_rest_api.this.execution_arn}/authorizers/*"
}
