mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name    = "orders-prod-orders"
  handler = "app.handler"
  # Any file will do for a package; this one is always there.
  package = { file = "variables.tf", sha256 = filebase64sha256("variables.tf") }
}

run "the_role_may_write_its_own_log_and_nothing_else" {
  command = plan

  assert {
    condition = jsondecode(aws_iam_role_policy.own.policy).Statement == [{
      Sid      = "WriteOwnLog"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = ["arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/orders-prod-orders:*"]
    }]
    error_message = "Policy: ${aws_iam_role_policy.own.policy}"
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_role.this.assume_role_policy).Statement : statement.Principal] == [{ Service = "lambda.amazonaws.com" }]
    error_message = "The role trusts somebody else than Lambda: ${aws_iam_role.this.assume_role_policy}"
  }

  assert {
    condition     = length(aws_iam_role_policy_attachments_exclusive.this.policy_arns) == 0 && aws_iam_role_policies_exclusive.this.policy_names == toset(["own"])
    error_message = "A policy added by hand would stay unseen."
  }

  assert {
    condition     = aws_iam_role.this.name == "orders-prod-orders-eu-central-1"
    error_message = "Role: ${aws_iam_role.this.name}"
  }
}

run "tables_and_tracing_grant_just_those" {
  command = plan

  variables {
    tables  = { TABLE_NAME = "orders-prod-orders", AUDIT_TABLE = "orders-prod-audit" }
    tracing = true
    policies = {
      queue = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
    }
  }

  assert {
    condition     = !anytrue(flatten([for statement in jsondecode(aws_iam_role_policy.own.policy).Statement : [for action in statement.Action : strcontains(action, "*")]]))
    error_message = "An action is a wildcard: ${aws_iam_role_policy.own.policy}"
  }

  # X-Ray's two actions have no resource to name; everything else does.
  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.own.policy).Statement : statement.Sid if contains(statement.Resource, "*")] == ["SendTraces"]
    error_message = "A statement is for every resource: ${aws_iam_role_policy.own.policy}"
  }

  assert {
    condition = { for statement in jsondecode(aws_iam_role_policy.own.policy).Statement : statement.Sid => statement.Resource } == {
      WriteOwnLog = ["arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/orders-prod-orders:*"]
      UseOwnTables = [
        "arn:aws:dynamodb:eu-central-1:123456789012:table/orders-prod-audit",
        "arn:aws:dynamodb:eu-central-1:123456789012:table/orders-prod-orders",
      ]
      ReadOwnIndexes = [
        "arn:aws:dynamodb:eu-central-1:123456789012:table/orders-prod-audit/index/*",
        "arn:aws:dynamodb:eu-central-1:123456789012:table/orders-prod-orders/index/*",
      ]
      SendTraces = ["*"]
    }
    error_message = "Policy: ${aws_iam_role_policy.own.policy}"
  }

  assert {
    condition     = !anytrue(flatten([for statement in jsondecode(aws_iam_role_policy.own.policy).Statement : [for action in statement.Action : contains(["dynamodb:DeleteTable", "dynamodb:UpdateTable", "logs:CreateLogGroup"], action)]]))
    error_message = "The function may change what Terraform owns: ${aws_iam_role_policy.own.policy}"
  }

  assert {
    condition     = aws_iam_role_policies_exclusive.this.policy_names == toset(["own", "queue"])
    error_message = "Policies the role keeps: ${jsonencode(aws_iam_role_policies_exclusive.this.policy_names)}"
  }
}

run "a_long_name_is_shortened_to_iams_64_characters_and_stays_its_own" {
  command = plan

  variables {
    name = "a-function-with-a-name-that-takes-all-of-lambdas-sixty-four-char"
  }

  assert {
    condition     = length(aws_iam_role.this.name) == 64 && endswith(aws_iam_role.this.name, substr(sha256("${var.name}-eu-central-1"), 0, 8))
    error_message = "Role: ${aws_iam_role.this.name}"
  }
}

run "statements_are_added_as_they_are_written" {
  command = plan

  variables {
    statements = [
      { actions = ["sqs:SendMessage"], resources = ["arn:aws:sqs:eu-central-1:123456789012:orders"] },
      { actions = ["cloudwatch:PutMetricData"], resources = ["*"], any_resource = true, conditions = { StringEquals = { "cloudwatch:namespace" = ["orders"] } } },
    ]
  }

  assert {
    condition = [for statement in jsondecode(aws_iam_role_policy.own.policy).Statement : statement if !can(statement.Sid)] == [
      { Effect = "Allow", Action = ["sqs:SendMessage"], Resource = ["arn:aws:sqs:eu-central-1:123456789012:orders"] },
      { Effect = "Allow", Action = ["cloudwatch:PutMetricData"], Resource = ["*"], Condition = { StringEquals = { "cloudwatch:namespace" = ["orders"] } } },
    ]
    error_message = "Policy: ${aws_iam_role_policy.own.policy}"
  }
}

run "a_boundary_is_the_roles" {
  command = plan

  variables {
    permissions_boundary = "arn:aws:iam::123456789012:policy/developers"
  }

  assert {
    condition     = aws_iam_role.this.permissions_boundary == "arn:aws:iam::123456789012:policy/developers"
    error_message = "Boundary: ${coalesce(aws_iam_role.this.permissions_boundary, "null")}"
  }
}
