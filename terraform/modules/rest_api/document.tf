# An OpenAPI document of the user's own, with everything the other inputs say filled in. What they say wins; what
# they do not say stays as the document has it. `project/openapi_merge.py` of the CLI makes the same.

locals {
  _methods = ["get", "put", "post", "delete", "options", "head", "patch", "x-amazon-apigateway-any-method"]

  _document = try(yamldecode(var.openapi), {}) # nothing without one; JSON is YAML

  # Parameters of a path stand on its operations afterwards, where an operation has none of that name.
  _documented_paths = {
    for path, item in try(local._document.paths, {}) : path => {
      for key, operation in item : key => merge(operation, {
        parameters = concat(
          [
            for parameter in try(item.parameters, []) : parameter
            if !contains(
              [for own in try(operation.parameters, []) : try(own["$ref"], "${own.in} ${own.name}")],
              try(parameter["$ref"], "${parameter.in} ${parameter.name}")
            )
          ],
          try(operation.parameters, []),
        )
      }) if contains(local._methods, key)
    }
  }

  _documented_routes = merge([
    for path, operations in local._documented_paths : {
      for key, operation in operations :
      "${key == "x-amazon-apigateway-any-method" ? "ANY" : upper(key)} ${path}" => operation
    }
  ]...)

  # A mapped answer needs the statuses and headers it is mapped to; a proxy's are the document's to describe.
  _documented_responses = {
    for key, operation in local._documented_routes : key => merge(
      try(operation.responses, {}),
      {
        for status, response in local.route_operations[key].responses : status => merge(
          response,
          try(operation.responses[status], {}),
          {
            for name in ["headers"] : name => merge(try(operation.responses[status].headers, {}), try(response.headers, {}))
            if can(operation.responses[status]) || can(response.headers)
          },
        )
        if local._maps_answers[key] || length(try(operation.responses, {})) == 0
      },
    ) if contains(keys(local._routes), key)
  }

  _documented_operations = {
    for key, operation in local._documented_routes : key => merge(
      operation,
      { for name, value in try(local.route_operations[key], {}) : name => value if !contains(["parameters", "responses"], name) },
      {
        parameters = concat(operation.parameters, [
          for parameter in try(local.route_operations[key].parameters, []) : parameter
          if !contains(
            [for own in operation.parameters : try(own["$ref"], "${own.in} ${own.name}")],
            "${parameter.in} ${parameter.name}"
          )
        ])
      },
      { for name in ["responses"] : name => local._documented_responses[key] if contains(keys(local._routes), key) },
    )
  }
}
