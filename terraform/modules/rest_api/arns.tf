# ARNs are computed from names, not read from resources: so the OpenAPI body is known at plan time, and the
# first plan of a new API shows it.
locals {
  alias_arns = {
    for key, function in var.functions : key =>
    "arn:${local._partition}:lambda:${local._region}:${local._account}:function:${function.name}:${function.alias}"
  }

  # An integration's `uri` is no Lambda ARN but a path of Lambda's API, written as an API Gateway ARN.
  invoke_arns = {
    for key, arn in local.alias_arns : key =>
    "arn:${local._partition}:apigateway:${local._region}:lambda:path/2015-03-31/functions/${arn}/invocations"
  }
}
