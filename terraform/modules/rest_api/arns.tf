# ARNs are computed from names, not read from resources: so the OpenAPI body is known at plan time, and the
# first plan of a new API shows it.
locals {
  alias_arns = {
    for key, function in var.functions : key =>
    "arn:${local._partition}:lambda:${local._region}:${local._account}:function:${function.name}:${function.alias}"
  }

  # Roles are the account's: the region is in their names, and a digest that tells routes and long names apart.
  _integration_role_stem = "${replace(var.name, "/[^A-Za-z0-9_+=,.@-]/", "-")}-${local._region}"

  integration_role_names = {
    for key, route in var.routes : key =>
    "${substr(local._integration_role_stem, 0, 55)}-${substr(sha256("${local._integration_role_stem} ${key}"), 0, 8)}"
    if length(route.statements) + length(route.tables) > 0
  }

  integration_role_arns = {
    for key, name in local.integration_role_names : key => "arn:${local._partition}:iam::${local._account}:role/${name}"
  }

  # An integration's `uri` is no Lambda ARN but a path of Lambda's API, written as an API Gateway ARN.
  invoke_arns = {
    for key, arn in local.alias_arns : key =>
    "arn:${local._partition}:apigateway:${local._region}:lambda:path/2015-03-31/functions/${arn}/invocations"
  }
}
