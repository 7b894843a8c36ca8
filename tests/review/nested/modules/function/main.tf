variable "name" {}
variable "apis" {}
variable "principal" {}
variable "trusted" {}
variable "statements" {}
variable "reserved_concurrency" {}

resource "aws_iam_role" "this" {
  name = "shop"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = var.trusted }]
  })
}

resource "aws_iam_role_policy" "this" {
  name = "shop"
  role = aws_iam_role.this.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [for number in range(var.statements) : {
      Effect   = "Allow"
      Action   = "dynamodb:GetItem"
      Resource = "arn:aws:dynamodb:eu-central-1:123456789012:table/shop-with-a-long-name-${number}"
    }]
  })
}

resource "aws_lambda_function" "this" {
  function_name                  = var.name
  role                           = aws_iam_role.this.arn
  filename                       = "package.zip"
  source_code_hash               = filebase64sha256("package.zip")
  handler                        = "app.handler"
  runtime                        = "python3.13"
  timeout                        = 10
  reserved_concurrent_executions = var.reserved_concurrency
}

resource "aws_lambda_permission" "this" {
  for_each      = var.apis
  statement_id  = each.key
  action        = "lambda:InvokeFunction"
  principal     = var.principal
  function_name = aws_lambda_function.this.function_name
  source_arn    = "${each.value}/*/*"
}

output "name" { value = aws_lambda_function.this.function_name }
output "invoke_arn" { value = aws_lambda_function.this.invoke_arn }
