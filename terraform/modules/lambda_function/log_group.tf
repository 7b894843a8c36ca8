locals {
  log_group_name = "/aws/lambda/${var.name}" # fixed by Lambda
}

resource "aws_cloudwatch_log_group" "this" {
  #checkov:skip=CKV_AWS_158:encrypted by CloudWatch Logs' own key; `log_kms_key_arn` is one whose policy has to let CloudWatch Logs in
  #checkov:skip=CKV_AWS_338:the caller chooses; 30 days are enough to look something up and few for what callers send
  name              = local.log_group_name
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn
  tags              = var.tags
}
