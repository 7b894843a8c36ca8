# What a request has to be before the function is called: required parameters, and models of JSON bodies.

locals {
  _validators = {
    for name, looks_at in { body = [true, false], parameters = [false, true], all = [true, true] } : name => {
      validateRequestBody        = looks_at[0]
      validateRequestParameters  = looks_at[1]
    } if contains([for route in var.routes : route.validator], name)
  }

  # `$schema`, `$id` and `id` say which draft it is, and where: OpenAPI has no place for them.
  _models = {
    for name, text in var.models : name => {
      for keyword, value in jsondecode(text) : keyword => value if !contains(["$schema", "$id", "id"], keyword)
    }
  }

  _required_sources = {
    for key, route in var.routes : key => [
      for source in route.required_parameters :
      replace(replace(source, "/^method\\.request\\.header\\./", "header "), "/^method\\.request\\.querystring\\./", "query ")
    ]
  }

  _request_bodies = {
    for key, route in var.routes : key => {
      content = { "application/json" = { schema = { "$ref" = "#/components/schemas/${route.model}" } } }
    } if route.model != null
  }

  components = { for name, value in { schemas = local._models, securitySchemes = local.security_schemes } : name => value if length(value) > 0 }
}
