# TestInvokeMethod (`apitool call --test-invoke`, the console's "Test") calls as the stage `test-invoke-stage`,
# and gets "Invalid permissions on Lambda function" without this. Requests from outside never come this way: who
# tests a method needs apigateway:POST on the API.
resource "aws_lambda_permission" "test" {
  for_each = aws_lambda_permission.invoke

  statement_id  = substr("apigateway-test-${aws_api_gateway_rest_api.this.id}-${var.stage}", 0, 100)
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  function_name = each.value.function_name
  qualifier     = each.value.qualifier
  source_arn    = "${aws_api_gateway_rest_api.this.execution_arn}/test-invoke-stage/*/*"
}
