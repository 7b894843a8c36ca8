# In the body, not beside it: a policy counts from the next deployment on, and the body's digest makes that one.
locals {
  # `execute-api:/*` is this API, whatever its id: API Gateway writes it out.
  _private_policy = {
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "execute-api:Invoke"
      Resource  = "execute-api:/*"
      Condition = { StringEquals = { "aws:SourceVpce" = var.endpoint.vpc_endpoint_ids } }
    }]
  }

  # As text until the last moment: two documents are of two types.
  _policy = var.resource_policy != null ? var.resource_policy : (
    var.endpoint.type == "PRIVATE" ? jsonencode(local._private_policy) : "null"
  )

  resource_policy = jsondecode(local._policy)
}
