# Execution logs: the name is API Gateway's, not ours to choose. Created here and before the stage, so that it
# always has a retention and goes with the API, even when logging is turned on by somebody else.
resource "aws_cloudwatch_log_group" "execution" {
  #checkov:skip=CKV_AWS_158:encrypted by CloudWatch Logs' own key; `log_kms_key_arn` is one whose policy has to let CloudWatch Logs in
  #checkov:skip=CKV_AWS_338:the caller chooses; 30 days are enough to look something up and few for what callers send
  name              = "API-Gateway-Execution-Logs_${aws_api_gateway_rest_api.this.id}/${var.stage}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn
  tags              = var.tags
}

resource "aws_cloudwatch_log_group" "access" {
  #checkov:skip=CKV_AWS_158:encrypted by CloudWatch Logs' own key; `log_kms_key_arn` is one whose policy has to let CloudWatch Logs in
  #checkov:skip=CKV_AWS_338:the caller chooses; 30 days are enough to look something up and few for what callers send
  for_each = { for key, group in { this = try(var.access_logs.group, null) } : key => group if group != null }

  name              = each.value
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn
  tags              = var.tags
}

locals {
  # One JSON line a request. API Gateway wants a single line, and `requestId` or `extendedRequestId` in it.
  # The ids join it with the other logs: requestId with the execution log, integrationRequestId with the
  # function's log, xrayTraceId with the trace. Every value is text: one that is missing arrives as "-", which
  # is no JSON number.
  _access_log_fields = {
    requestId            = "$context.requestId"
    extendedRequestId    = "$context.extendedRequestId"
    ip                   = "$context.identity.sourceIp"
    userAgent            = "$context.identity.userAgent"
    requestTime          = "$context.requestTime"
    requestTimeEpoch     = "$context.requestTimeEpoch"
    httpMethod           = "$context.httpMethod"
    resourcePath         = "$context.resourcePath"
    path                 = "$context.path"
    protocol             = "$context.protocol"
    status               = "$context.status"
    responseLength       = "$context.responseLength"
    responseLatency      = "$context.responseLatency" # ms, whole request
    integrationRequestId = "$context.integration.requestId"
    integrationLatency   = "$context.integration.latency"           # ms, Lambda's share
    integrationStatus    = "$context.integration.integrationStatus" # Lambda's own answer: 200 even when the code failed
    functionStatus       = "$context.integration.status"            # the statusCode the function returned
    integrationError     = "$context.integration.error"
    errorMessage         = "$context.error.message"
    errorResponseType    = "$context.error.responseType"
    xrayTraceId          = "$context.xrayTraceId"
  }

  access_log_format = jsonencode(merge(try(coalesce(var.access_logs.fields, {}), {}), local._access_log_fields))
}
