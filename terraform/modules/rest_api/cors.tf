# CORS needs three things: an answer to the browser's preflight, headers on the errors the gateway makes itself
# (without them a browser hides a 403 or 504 behind "CORS error"), and headers on the function's own responses,
# which only the function can set.

locals {
  _cors_origin_headers = var.cors == null ? {} : {
    for name, value in {
      "Access-Control-Allow-Origin"      = var.cors.allow_origin
      "Access-Control-Allow-Credentials" = var.cors.allow_credentials ? "true" : null
    } : name => value if value != null
  }

  _methods_by_path = {
    for path in local._paths : path => distinct(concat(
      [for route in local._routes : route.method if route.path == path],
      [for key in keys(try(local._documented_paths[path], {})) : key == "x-amazon-apigateway-any-method" ? "ANY" : upper(key)],
    ))
  }

  # A resource that routes OPTIONS or ANY to a function answers its own preflights.
  _preflight_methods = {
    for path, methods in local._methods_by_path : path => concat(sort(methods), ["OPTIONS"])
    if var.cors != null && length(setintersection(methods, ["OPTIONS", "ANY"])) == 0
  }

  _preflight_headers = {
    for path, methods in local._preflight_methods : path => merge(local._cors_origin_headers, {
      "Access-Control-Allow-Headers" = join(",", var.cors.allow_headers)
      "Access-Control-Allow-Methods" = join(",", length(var.cors.allow_methods) > 0 ? var.cors.allow_methods : methods)
      "Access-Control-Max-Age"       = tostring(var.cors.max_age)
    })
  }

  preflight_operations = {
    for path, headers in local._preflight_headers : path => {
      parameters = local._path_parameters[path]

      responses = {
        "204" = {
          description = "CORS preflight"
          headers     = { for name in keys(headers) : name => { schema = { type = "string" } } }
        }
      }

      "x-amazon-apigateway-integration" = {
        type = "MOCK"
        # With `*/*` among the binary types a preflight would reach the template as bytes, and be a 500.
        contentHandling     = "CONVERT_TO_TEXT"
        passthroughBehavior = "WHEN_NO_MATCH"
        requestTemplates    = { "application/json" = jsonencode({ statusCode = 204 }) }
        responses = {
          default = {
            statusCode         = "204"
            responseParameters = { for name, value in headers : "method.response.header.${name}" => "'${value}'" }
          }
        }
      }
    }
  }
}
