# Roles that integrations call other services of AWS with: one a route, so that none may do what another does.

locals {
  _table_actions = {
    for key, route in var.routes : key => element(split(":action/", route.uri), 1) if length(route.tables) > 0
  }

  _integration_table_arns = {
    for key, route in var.routes : key => [
      for name in sort(distinct(route.tables)) :
      "arn:${local._partition}:dynamodb:${local._region}:${local._account}:table/${name}"
    ]
  }

  _integration_statements = {
    for key in keys(local.integration_role_names) : key => concat(
      [
        for action in [lookup(local._table_actions, key, "")] : {
          Effect = "Allow"
          Action = ["dynamodb:${action}"]
          Resource = concat(
            local._integration_table_arns[key],
            [for arn in local._integration_table_arns[key] : "${arn}/index/*" if contains(["Query", "Scan"], action)],
          )
        } if action != ""
      ],
      [
        for statement in var.routes[key].statements : merge(
          { Effect = "Allow", Action = statement.actions, Resource = statement.resources },
          { for name, conditions in { Condition = statement.conditions } : name => conditions if length(conditions) > 0 },
        )
      ],
    )
  }
}

resource "aws_iam_role" "integration" {
  for_each = local.integration_role_names

  name        = each.value
  description = "What ${each.key} of ${var.name} may call"
  tags        = var.tags

  # Whether API Gateway says whose API it calls for is documented nowhere, and a condition on what it does not say
  # would fail every call. If it says the account, it has to be this one.
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "apigateway.amazonaws.com" }
      Condition = { StringEqualsIfExists = { "aws:SourceAccount" = local._account } }
    }]
  })
}

resource "aws_iam_role_policy" "integration" {
  for_each = local.integration_role_names

  name   = "own"
  role   = aws_iam_role.integration[each.key].name
  policy = jsonencode({ Version = "2012-10-17", Statement = local._integration_statements[each.key] })
}

# Without these two, a policy that somebody added to a role by hand never shows in a plan.
resource "aws_iam_role_policies_exclusive" "integration" {
  for_each = local.integration_role_names

  role_name    = aws_iam_role.integration[each.key].name
  policy_names = [aws_iam_role_policy.integration[each.key].name]
}

resource "aws_iam_role_policy_attachments_exclusive" "integration" {
  for_each = local.integration_role_names

  role_name   = aws_iam_role.integration[each.key].name
  policy_arns = []
}
