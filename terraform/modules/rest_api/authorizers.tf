# Who may call, in the body: a security scheme for each authorizer and one for API keys, and on each operation the
# schemes it asks for. API Gateway makes an authorizer of a scheme when it imports the body.

locals {
  _asks_for_keys = anytrue([for route in var.routes : route.api_key])

  # The name of the header a scheme reads; "Unused" is what API Gateway's own export says where it reads none.
  _scheme_headers = {
    for name, authorizer in var.authorizers : name => concat([
      for source in authorizer.identity_sources : trimprefix(source, "method.request.header.")
      if startswith(source, "method.request.header.")
    ], ["Unused"])[0]
  }

  _authorizers = {
    for name, authorizer in var.authorizers : name => {
      for key, value in {
        type                         = authorizer.type == "cognito" ? "cognito_user_pools" : authorizer.type
        authorizerUri                = authorizer.function == null ? null : local.invoke_arns[authorizer.function]
        authorizerResultTtlInSeconds = authorizer.ttl
        identitySource               = length(authorizer.identity_sources) == 0 ? null : join(",", authorizer.identity_sources)
        identityValidationExpression = authorizer.identity_validation
        providerARNs                 = authorizer.type == "cognito" ? authorizer.user_pools : null
      } : key => value if value != null
    } if authorizer.type != "iam"
  }

  security_schemes = merge(
    {
      for name, authorizer in var.authorizers : name => {
        for key, value in {
          type                             = "apiKey"
          in                               = "header"
          name                             = local._scheme_headers[name]
          "x-amazon-apigateway-authtype"   = { token = "custom", request = "custom", cognito = "cognito_user_pools", iam = "awsSigv4" }[authorizer.type]
          "x-amazon-apigateway-authorizer" = lookup(local._authorizers, name, null)
        } : key => value if value != null
      }
    },
    { for name in ["api_key"] : name => { type = "apiKey", in = "header", name = "x-api-key" } if local._asks_for_keys },
  )

  _security = {
    for key, route in var.routes : key => concat(
      [for name in compact([route.authorizer]) : { (name) = coalesce(route.scopes, var.authorizers[name].scopes) }],
      [for name in ["api_key"] : { (name) = [] } if route.api_key],
    )
  }
}
