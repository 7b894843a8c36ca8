# Invocations nobody waits for: a queue, a topic, an `Event` invocation. API Gateway's own are not among them
# unless an integration asks for it (X-Amz-Invocation-Type: Event).
resource "aws_lambda_function_event_invoke_config" "live" {
  for_each = var.asynchronous == null ? {} : { live = var.asynchronous }

  function_name                = aws_lambda_alias.live.function_name
  qualifier                    = aws_lambda_alias.live.name
  maximum_event_age_in_seconds = each.value.max_age
  maximum_retry_attempts       = each.value.max_retries

  dynamic "destination_config" {
    for_each = each.value.on_failure == null && each.value.on_success == null ? [] : [each.value]

    content {
      dynamic "on_failure" {
        for_each = destination_config.value.on_failure == null ? [] : [destination_config.value.on_failure]

        content {
          destination = on_failure.value
        }
      }

      dynamic "on_success" {
        for_each = destination_config.value.on_success == null ? [] : [destination_config.value.on_success]

        content {
          destination = on_success.value
        }
      }
    }
  }

  # Lambda tries out whether the role may reach the destinations.
  depends_on = [aws_iam_role_policy.own]
}

locals {
  # What it takes to hand an event to a destination, by the service in its ARN.
  _destination_actions = {
    events = ["events:PutEvents"]
    lambda = ["lambda:InvokeFunction"]
    s3     = ["s3:PutObject"]
    sns    = ["sns:Publish"]
    sqs    = ["sqs:SendMessage"]
  }

  _destination_arns = sort(distinct(compact([
    var.dead_letter_arn,
    try(var.asynchronous.on_failure, null),
    try(var.asynchronous.on_success, null),
  ])))

  _destination_statements = [
    for service in sort(distinct([for arn in local._destination_arns : split(":", arn)[2]])) : {
      Sid      = "HandOnTo${title(service)}"
      Effect   = "Allow"
      Action   = local._destination_actions[service]
      Resource = [for arn in local._destination_arns : service == "s3" ? "${arn}/*" : arn if split(":", arn)[2] == service]
    }
  ]
}
