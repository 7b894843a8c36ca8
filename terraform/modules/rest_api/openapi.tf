# The whole API as one OpenAPI document: one PutRestApi instead of three calls a method (API Gateway takes ten
# control-plane requests a second), any depth of path, an atomic swap, and one digest that covers everything
# that needs a redeploy. Whatever shapes the API goes in here, not into resources or attributes beside it.

locals {
  _routes = {
    for key, route in var.routes : key => merge(route, {
      method = split(" ", key)[0]
      path   = split(" ", key)[1]
    })
  }

  _paths = toset(concat([for route in local._routes : route.path], keys(local._documented_paths)))

  _routes_by_path = { for key, route in local._routes : route.path => route... }

  # ANY is no HTTP method of OpenAPI's; API Gateway reads it from an extension.
  _operation_keys = {
    for key, route in local._routes : key =>
    route.method == "ANY" ? "x-amazon-apigateway-any-method" : lower(route.method)
  }

  # On the operation and not on the path: API Gateway takes both, but reads them back on the operation.
  _path_parameters = {
    for path in local._paths : path => [
      for name in flatten(regexall("\\{([^{}+]+)\\+?\\}", path)) :
      { name = name, in = "path", required = true, schema = { type = "string" } }
    ]
  }

  _operations_by_path = {
    for path in local._paths : path => merge(
      { for key, route in local._routes : local._operation_keys[key] => local.route_operations[key] if route.path == path },
      {
        for key in keys(try(local._documented_paths[path], {})) :
        key => local._documented_operations["${key == "x-amazon-apigateway-any-method" ? "ANY" : upper(key)} ${path}"]
      },
      { for name, operation in local.preflight_operations : "options" => operation if name == path },
    )
  }

  _declared = {
    for name, value in {
      components = length(local.components) == 0 ? null : local.components

      "x-amazon-apigateway-api-key-source"           = local._asks_for_keys ? var.api_key_source : null
      "x-amazon-apigateway-gateway-responses"        = length(local.gateway_responses) == 0 ? null : local.gateway_responses
      "x-amazon-apigateway-minimum-compression-size" = var.minimum_compression_size
      "x-amazon-apigateway-policy"                   = local.resource_policy
      "x-amazon-apigateway-request-validators"       = length(local._validators) == 0 ? null : local._validators
    } : name => value if value != null
  }

  # Without a document of the user's own this is what is declared, and nothing else.
  body = jsonencode(merge(
    local._document,
    local._declared,
    {
      for name in ["x-amazon-apigateway-gateway-responses", "x-amazon-apigateway-request-validators"] :
      name => merge(try(local._document[name], {}), try(local._declared[name], {}))
      if can(local._document[name]) || can(local._declared[name])
    },
    {
      for name in ["components"] : name => {
        for section in toset(concat(keys(try(local._document.components, {})), keys(local.components))) :
        section => merge(try(local._document.components[section], {}), try(local.components[section], {}))
      } if can(local._document.components) || length(local.components) > 0
    },
    {
      openapi = try(local._document.openapi, "3.0.1")
      info = merge(
        { version = "1.0" },
        try(local._document.info, {}),
        { for name, text in { title = var.name, description = var.description } : name => text if text != null },
      )
      paths = local._operations_by_path

      "x-amazon-apigateway-binary-media-types" = local.settings.binary_media_types
    },
  ))

  body_sha256 = sha256(local.body)
}
