locals {
  # Roles are the account's, functions a region's: without the region in its name, the same API in a second
  # region would meet the first one's role. Names over IAM's 64 characters end in eight of their digest.
  _full_role_name = "${var.name}-${local._region}"
  role_name       = length(local._full_role_name) <= 64 ? local._full_role_name : "${substr(local._full_role_name, 0, 55)}-${substr(sha256(local._full_role_name), 0, 8)}"

  _log_statement = {
    Sid      = "WriteOwnLog"
    Effect   = "Allow"
    Action   = ["logs:CreateLogStream", "logs:PutLogEvents"] # no CreateLogGroup: the group is Terraform's, with its retention
    Resource = ["${local.log_group_arn}:*"]                  # IAM's form for the streams of one group
  }

  _table_statements = length(local.table_arns) == 0 ? [] : [
    {
      Sid    = "UseOwnTables"
      Effect = "Allow"
      Action = [
        "dynamodb:BatchGetItem",
        "dynamodb:BatchWriteItem",
        "dynamodb:ConditionCheckItem",
        "dynamodb:DeleteItem",
        "dynamodb:DescribeTable",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:Scan",
        "dynamodb:UpdateItem",
      ]
      Resource = local.table_arns
    },
    {
      Sid      = "ReadOwnIndexes"
      Effect   = "Allow"
      Action   = ["dynamodb:Query", "dynamodb:Scan"]
      Resource = [for arn in local.table_arns : "${arn}/index/*"]
    },
  ]

  _tracing_statements = var.tracing ? [{
    Sid      = "SendTraces"
    Effect   = "Allow"
    Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
    Resource = ["*"] # X-Ray has no resources to name for these two
  }] : []

  _key_statements = local.environment_key == null ? [] : [{
    Sid      = "DecryptOwnEnvironment"
    Effect   = "Allow"
    Action   = ["kms:Decrypt"]
    Resource = [local.environment_key]
  }]

  _more_statements = [
    for statement in var.statements : merge(
      { Effect = "Allow", Action = statement.actions, Resource = statement.resources },
      { for key, conditions in { Condition = statement.conditions } : key => conditions if length(conditions) > 0 },
    )
  ]

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [local._log_statement],
      local._table_statements,
      local._tracing_statements,
      local._key_statements,
      local._destination_statements,
      local._network_statements,
      local._file_system_statements,
      local._more_statements,
    )
  })
}

resource "aws_iam_role" "this" {
  name                 = local.role_name
  description          = "What the function ${var.name} may do"
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "own" {
  name   = "own"
  role   = aws_iam_role.this.name
  policy = local.policy
}

resource "aws_iam_role_policy" "more" {
  for_each = var.policies

  name   = each.key
  role   = aws_iam_role.this.name
  policy = each.value
}

# Without these two, a policy that somebody added to the role by hand never shows in a plan.
resource "aws_iam_role_policies_exclusive" "this" {
  role_name    = aws_iam_role.this.name
  policy_names = concat([aws_iam_role_policy.own.name], [for policy in aws_iam_role_policy.more : policy.name])
}

resource "aws_iam_role_policy_attachments_exclusive" "this" {
  role_name   = aws_iam_role.this.name
  policy_arns = []
}
