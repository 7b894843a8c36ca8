# What answers each route, as its operation in the OpenAPI document. `project/integration_body.py` of the CLI makes
# the same, and a test holds the two equal.

locals {
  _maps_answers = { for key, route in local._routes : key => !endswith(route.integration, "_PROXY") }

  # A method has to declare what its requests have to carry, and what a mapping or the cache takes from them. Path parameters are
  # declared anyway.
  _parameter_sources = {
    for key, route in local._routes : key => distinct(sort(flatten([
      for source in concat(route.required_parameters, values(route.request_parameters), route.cache_key_parameters) : [
        for found in regexall("^method\\.request\\.(?:multivalue)?(header|querystring)\\.(.+)$", source) :
        "${found[0] == "header" ? "header" : "query"} ${found[1]}"
      ]
    ])))
  }

  _declared_parameters = {
    for key, sources in local._parameter_sources : key => [
      for source in sources : {
        name     = split(" ", source)[1]
        in       = split(" ", source)[0]
        required = contains(local._required_sources[key], source)
        schema   = { type = "string" }
      }
    ]
  }

  # `{name}` in an endpoint's URI is the route's own parameter, unless it is mapped from somewhere else.
  # Stage variables look alike: ${stageVariables.name}.
  _uri_parameters = {
    for key, route in local._routes : key => {
      for name in distinct(flatten(regexall("\\{([^{}+]+)\\+?\\}", replace(coalesce(route.uri, "-"), "/\\$\\{[^}]*\\}/", "")))) :
      "integration.request.path.${name}" => "method.request.path.${name}"
      if contains(local._path_parameters[route.path][*].name, name)
    }
  }

  _request_parameters = {
    for key, route in local._routes : key => merge(
      local._uri_parameters[key],
      route.request_parameters,
      # Lambda's API takes the type of invocation as a header; only AWS integrations can set one.
      { for name in ["integration.request.header.X-Amz-Invocation-Type"] : name => "'Event'" if route.invocation_type == "Event" },
    )
  }

  # A MOCK answers what its request template says; without one, the status of the response that takes the rest.
  _mock_statuses = {
    for key, route in local._routes : key =>
    concat([for response in route.responses : response.status if response.pattern == null], route.responses[*].status, [200])[0]
  }

  _request_templates = {
    for key, route in local._routes : key => merge(
      { for type in ["application/json"] : type => jsonencode({ statusCode = local._mock_statuses[key] })
      if route.integration == "MOCK" && length(route.request_templates) == 0 },
      route.request_templates,
    )
  }

  _http_methods = {
    for key, route in local._routes : key => {
      AWS_PROXY  = "POST" # how Lambda is invoked, whatever the route's method; with another every call is a 500
      AWS        = route.function != null || strcontains(coalesce(route.uri, "-"), ":action/") ? coalesce(route.http_method, "POST") : coalesce(route.http_method, route.method)
      HTTP_PROXY = coalesce(route.http_method, route.method)
      HTTP       = coalesce(route.http_method, route.method)
      MOCK       = null
    }[route.integration]
  }

  _method_responses = {
    for key, route in local._routes : key => merge(
      { for _ in ["AWS_PROXY"] : "200" => { description = "What the function returned" } if route.integration == "AWS_PROXY" },
      { for _ in ["HTTP_PROXY"] : "200" => { description = "What the endpoint returned" } if route.integration == "HTTP_PROXY" },
      { for _ in ["default"] : "200" => { description = "Mapped by the gateway" } if local._maps_answers[key] && length(route.responses) == 0 },
      {
        for response in route.responses : tostring(response.status) => {
          for name, value in {
            description = "Mapped by the gateway"
            headers     = length(response.headers) == 0 ? null : { for name in keys(response.headers) : name => { schema = { type = "string" } } }
          } : name => value if value != null
        }
      },
    )
  }

  _integration_responses = {
    for key, route in local._routes : key => merge(
      { for _ in ["default"] : "default" => { statusCode = "200" } if length(route.responses) == 0 },
      {
        for response in route.responses : coalesce(response.pattern, "default") => {
          for name, value in {
            statusCode         = tostring(response.status)
            responseParameters = length(response.headers) == 0 ? null : { for name, value in response.headers : "method.response.header.${name}" => value }
            responseTemplates  = length(response.templates) == 0 ? null : response.templates
            contentHandling    = response.content_handling
          } : name => value if value != null
        }
      },
    )
  }

  route_integrations = {
    for key, route in local._routes : key => {
      for name, value in {
        type                = route.integration
        httpMethod          = local._http_methods[key]
        uri                 = route.function == null ? route.uri : local.invoke_arns[route.function]
        credentials         = route.credentials == null ? lookup(local.integration_role_arns, key, null) : route.credentials
        connectionType      = route.vpc_link == null ? null : "VPC_LINK"
        connectionId        = route.vpc_link
        timeoutInMillis     = route.integration == "MOCK" ? null : route.timeout_ms
        requestParameters   = length(local._request_parameters[key]) == 0 ? null : local._request_parameters[key]
        requestTemplates    = length(local._request_templates[key]) == 0 ? null : local._request_templates[key]
        passthroughBehavior = route.passthrough_behavior
        # With `*/*` among the binary types a MOCK's template would get bytes, and be a 500.
        contentHandling    = try(coalesce(route.content_handling, route.integration == "MOCK" ? "CONVERT_TO_TEXT" : null), null)
        responses          = local._maps_answers[key] ? local._integration_responses[key] : null
        cacheKeyParameters = length(route.cache_key_parameters) == 0 ? null : route.cache_key_parameters
      } : name => value if value != null
    }
  }

  route_operations = {
    for key, route in local._routes : key => {
      for name, value in {
        operationId = route.operation_name # becomes requestContext.operationName
        parameters  = concat(local._path_parameters[route.path], local._declared_parameters[key])
        requestBody = lookup(local._request_bodies, key, null)
        responses   = local._method_responses[key]
        security    = length(local._security[key]) == 0 ? null : local._security[key]

        "x-amazon-apigateway-integration"       = local.route_integrations[key]
        "x-amazon-apigateway-request-validator" = route.validator == "none" ? null : route.validator
      } : name => value if value != null
    }
  }
}
