# What the API serves, and what stands behind each route.

variable "routes" {
  description = "Routes by `METHOD /path`, e.g. `GET /orders/{orderId}`. `integration` is AWS_PROXY or AWS (both invoke `function`, a key of `functions`), HTTP_PROXY or HTTP (both call `uri`), or MOCK. AWS with a `uri` instead calls another service, `arn:aws:apigateway:REGION:SERVICE:action/ACTION` or `:path/PATH`, with the role `credentials` (`arn:aws:iam::*:user/*` for the caller's own), or with one that is made: `statements` are what it may do, `tables` the names of DynamoDB tables that it may do the action on. A function called with `credentials` gets no permission of its own. AWS, HTTP and MOCK map requests by `request_parameters` and `request_templates` (by media type), and answers by `responses`: the one whose `pattern` matches the function's errorMessage or the endpoint's status, else the one without; `headers` are constants in single quotes or where they come from. `{name}` in `uri` is the route's parameter, `vpc_link` the id of the link it is reached through. `invocation_type = \"Event\"` does not wait for the function. `timeout_ms` is the gateway's patience, `operation_name` reaches a function as requestContext.operationName. `authorizer` is a key of `authorizers`, null for everybody; `scopes` null for the authorizer's. `validator` is none, body, parameters or all; `model`, a key of `models`, is what a JSON body has to fit; `required_parameters` are method.request.header.NAME or method.request.querystring.NAME, `cache_key_parameters` these or method.request.path.NAME: what answers are kept by."
  type = map(object({
    function             = optional(string)
    integration          = optional(string, "AWS_PROXY")
    uri                  = optional(string)
    http_method          = optional(string)
    vpc_link             = optional(string)
    credentials          = optional(string)
    tables               = optional(list(string), [])
    invocation_type      = optional(string, "RequestResponse")
    timeout_ms           = optional(number, 29000)
    request_parameters   = optional(map(string), {})
    request_templates    = optional(map(string), {})
    passthrough_behavior = optional(string)
    content_handling     = optional(string)
    operation_name       = optional(string)
    responses = optional(list(object({
      status           = number
      pattern          = optional(string)
      headers          = optional(map(string), {})
      templates        = optional(map(string), {})
      content_handling = optional(string)
    })), [])
    statements = optional(list(object({
      actions      = list(string)
      resources    = list(string)
      conditions   = optional(map(map(list(string))), {})
      any_resource = optional(bool, false)
    })), [])

    authorizer           = optional(string)
    scopes               = optional(list(string))
    api_key              = optional(bool, false)
    validator            = optional(string, "none")
    model                = optional(string)
    required_parameters  = optional(list(string), [])
    cache_key_parameters = optional(list(string), [])
  }))
  nullable = false

  validation {
    condition = var.openapi == null ? true : alltrue([
      for key in keys(var.routes) :
      can(yamldecode(var.openapi).paths[split(" ", key)[1]][split(" ", key)[0] == "ANY" ? "x-amazon-apigateway-any-method" : lower(split(" ", key)[0])])
    ])
    error_message = "With `openapi`, a route is an operation of it; seen: ${join(", ", [for key in keys(var.routes) : "`${key}`"])}."
  }

  validation {
    condition = var.openapi == null ? true : alltrue(flatten([
      for path, item in try(yamldecode(var.openapi).paths, {}) : [
        for key, operation in item :
        can(operation["x-amazon-apigateway-integration"]) || contains(keys(var.routes), "${key == "x-amazon-apigateway-any-method" ? "ANY" : upper(key)} ${path}")
        if contains(["get", "put", "post", "delete", "options", "head", "patch", "x-amazon-apigateway-any-method"], key)
      ]
    ]))
    error_message = "Every operation of `openapi` has an `x-amazon-apigateway-integration` of its own, or a route; routes seen: ${join(", ", [for key in keys(var.routes) : "`${key}`"])}."
  }

  validation {
    condition     = length(var.routes) > 0 || var.openapi != null
    error_message = "An API has at least one route, API Gateway deploys none without a method; seen: ${length(var.routes)}."
  }

  validation {
    condition = alltrue([
      for key in keys(var.routes) :
      can(regex("^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|ANY) (/|(/([A-Za-z0-9._:-]+|\\{[A-Za-z0-9._-]+\\}))*(/\\{[A-Za-z0-9._-]+\\+\\})?)$", key))
      && !endswith(key, " ")
    ])
    error_message = "A route is `METHOD /path`: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS or ANY, one blank, then segments of A-Z a-z 0-9 . _ : - or `{parameter}`, the last may be `{proxy+}`; no trailing slash. Seen: ${join(", ", [for key in keys(var.routes) : "`${key}`"])}."
  }

  validation {
    condition = alltrue([
      for names in [for key in keys(var.routes) : flatten(regexall("\\{([^{}+]+)\\+?\\}", key))] : length(names) == length(distinct(names))
    ])
    error_message = "A path parameter's name stands once in a path; seen: ${join(", ", [for key in keys(var.routes) : "`${key}`" if strcontains(key, "{")])}."
  }

  validation {
    condition = alltrue([
      for segments in values({
        for pair in distinct(flatten([
          for path in distinct([for key in keys(var.routes) : element(split(" ", key), 1)]) : [
            for index, segment in split("/", path) :
            { parent = join("/", slice(split("/", path), 0, index)), segment = segment } if startswith(segment, "{")
          ]
        ])) : pair.parent => pair.segment...
      }) : length(segments) == 1
    ])
    error_message = "A resource has one path parameter as its child, under one name (API Gateway: \"only one is allowed\"). Seen: ${join(", ", [for key in keys(var.routes) : "`${key}`" if strcontains(key, "{")])}."
  }

  validation {
    condition     = alltrue([for route in var.routes : route.function == null ? true : contains(keys(var.functions), route.function)])
    error_message = "Every route names a function of `functions` (${join(", ", keys(var.functions))}); seen: ${join(", ", [for key, route in var.routes : "`${key}` -> `${coalesce(route.function, "none")}`" if !contains(keys(var.functions), coalesce(route.function, "-"))])}."
  }

  validation {
    condition     = alltrue([for route in var.routes : contains(["AWS_PROXY", "AWS", "HTTP_PROXY", "HTTP", "MOCK"], route.integration)])
    error_message = "An integration is AWS_PROXY, AWS, HTTP_PROXY, HTTP or MOCK; seen: ${join(", ", [for key, route in var.routes : "`${key}` `${route.integration}`"])}."
  }

  validation {
    condition = alltrue([
      for route in var.routes :
      route.integration == "AWS" ? (route.function == null) != (route.uri == null) : (route.function != null) == (route.integration == "AWS_PROXY") && (route.uri != null) == startswith(route.integration, "HTTP")
    ])
    error_message = "AWS_PROXY has a `function`, HTTP_PROXY and HTTP a `uri`, AWS one of them, MOCK neither; seen: ${join(", ", [for key, route in var.routes : "`${key}` ${route.integration}, function `${coalesce(route.function, "none")}`, uri `${coalesce(route.uri, "none")}`"])}."
  }

  validation {
    condition = alltrue([
      for route in var.routes : route.uri == null ? true :
      route.integration == "AWS" ? can(regex("^arn:[a-z-]+:apigateway:[a-z0-9-]+:[A-Za-z0-9.{}$-]+:(action|path)/.+$", route.uri)) && !strcontains(route.uri, ":lambda:") : can(regex("^https?://[^\\s/?#]+[^\\s#]*$", route.uri))
    ])
    error_message = "A `uri` is an http:// or https:// URL; that of AWS arn:aws:apigateway:REGION:SERVICE:action/ACTION or :path/PATH, and not Lambda's, which `function` is for; seen: ${join(", ", [for key, route in var.routes : "`${key}` `${coalesce(route.uri, "none")}`" if route.uri != null])}."
  }

  validation {
    condition     = alltrue([for route in var.routes : startswith(route.integration, "HTTP") || route.vpc_link == null && (route.http_method == null || route.uri != null)])
    error_message = "Only HTTP and HTTP_PROXY have a `vpc_link`, and an `http_method` as AWS without function: Lambda is always invoked by POST; seen: ${join(", ", [for key, route in var.routes : "`${key}` ${route.integration}, ${coalesce(route.http_method, "no method")}, ${coalesce(route.vpc_link, "no link")}"])}."
  }

  validation {
    condition     = alltrue([for route in var.routes : route.http_method == null ? true : contains(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "ANY"], route.http_method)])
    error_message = "An `http_method` is GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS or ANY; seen: ${join(", ", compact([for route in var.routes : route.http_method]))}."
  }

  validation {
    condition     = alltrue([for route in var.routes : route.integration == "AWS" && route.function != null || route.invocation_type == "RequestResponse"])
    error_message = "Only AWS can invoke by `Event`: a proxy integration waits for the answer; seen: ${join(", ", [for key, route in var.routes : "`${key}` ${route.integration} `${route.invocation_type}`"])}."
  }

  validation {
    condition = alltrue([
      for route in var.routes :
      route.integration == "AWS" && route.uri != null ? (route.credentials != null) != (length(route.statements) + length(route.tables) > 0) : length(route.statements) + length(route.tables) == 0
    ])
    error_message = "AWS without function calls with `credentials`, or with a role that is made of `statements` and `tables`, and no other integration has those two; seen: ${join(", ", [for key, route in var.routes : "`${key}` ${route.integration}, credentials `${coalesce(route.credentials, "none")}`, ${length(route.statements)} statements, tables ${jsonencode(route.tables)}" if route.uri != null || length(route.statements) + length(route.tables) > 0])}."
  }

  validation {
    condition = alltrue([
      for route in var.routes : route.credentials == null ? true :
      startswith(route.integration, "AWS") && can(regex("^arn:[a-z-]+:iam::([0-9]{12}:role/.+|\\*:user/\\*)$", route.credentials))
    ])
    error_message = "`credentials` of AWS and AWS_PROXY are the ARN of a role, or arn:aws:iam::*:user/* for the caller's own; seen: ${join(", ", [for key, route in var.routes : "`${key}` ${route.integration} `${coalesce(route.credentials, "none")}`" if route.credentials != null])}."
  }

  validation {
    condition     = alltrue(flatten([for route in var.routes : [for statement in route.statements : length(statement.actions) > 0 && alltrue([for action in statement.actions : can(regex("^[a-z0-9-]+:[A-Za-z0-9]+$", action))])]]))
    error_message = "A statement names each action, `service:Action`, without wildcards; seen: ${jsonencode(flatten([for route in var.routes : route.statements[*].actions]))}."
  }

  validation {
    condition = alltrue(flatten([
      for route in var.routes : [
        for statement in route.statements : length(statement.resources) > 0 && alltrue([
          for resource in statement.resources : resource == "*" ? statement.any_resource : startswith(resource, "arn:")
        ])
      ]
    ]))
    error_message = "A statement names ARNs, or `*` together with `any_resource = true`; seen: ${jsonencode(flatten([for route in var.routes : route.statements[*].resources]))}."
  }

  validation {
    condition = alltrue([
      for route in var.routes : length(route.tables) == 0 ? true :
      can(regex(":dynamodb:action/(BatchGetItem|BatchWriteItem|DeleteItem|GetItem|PutItem|Query|Scan|UpdateItem)$", route.uri))
    ])
    error_message = "`tables` grant what the `uri` calls, an action of DynamoDB on the items of a table: BatchGetItem, BatchWriteItem, DeleteItem, GetItem, PutItem, Query, Scan or UpdateItem; seen: ${join(", ", [for key, route in var.routes : "`${key}` `${coalesce(route.uri, "none")}`" if length(route.tables) > 0])}."
  }

  validation {
    condition     = alltrue([for route in var.routes : contains(["RequestResponse", "Event"], route.invocation_type)])
    error_message = "An `invocation_type` is RequestResponse or Event; seen: ${join(", ", [for key, route in var.routes : "`${key}` `${route.invocation_type}`"])}."
  }

  validation {
    condition = alltrue([
      for route in var.routes :
      !endswith(route.integration, "_PROXY") || length(route.request_templates) + length(route.responses) == 0 && route.passthrough_behavior == null && route.content_handling == null
    ])
    error_message = "AWS_PROXY and HTTP_PROXY pass bodies and answers on: `request_templates`, `passthrough_behavior`, `content_handling` and `responses` go with AWS, HTTP and MOCK; seen: ${join(", ", [for key, route in var.routes : "`${key}` ${route.integration}"])}."
  }

  validation {
    condition     = alltrue([for route in var.routes : !contains(["AWS_PROXY", "MOCK"], route.integration) || length(route.request_parameters) == 0])
    error_message = "`request_parameters` go with AWS, HTTP and HTTP_PROXY; seen: ${join(", ", [for key, route in var.routes : "`${key}` ${route.integration} ${jsonencode(route.request_parameters)}"])}."
  }

  validation {
    # The seven are accepted when they are declared, and then every call is a 500.
    condition = alltrue(flatten([
      for route in var.routes : [
        for target in keys(route.request_parameters) :
        can(regex("^integration\\.request\\.(header|querystring|path)\\.[^\\s]+$", target)) &&
        !can(regex("(?i)\\.header\\.(content-length|transfer-encoding|authorization|connection|expect|proxy-authenticate|te)$", target))
      ]
    ]))
    error_message = "A request parameter goes to integration.request.header.NAME, .querystring.NAME or .path.NAME, and no header is Content-Length, Transfer-Encoding, Authorization, Connection, Expect, Proxy-Authenticate or TE, with which every call is a 500; seen: ${join(", ", flatten([for key, route in var.routes : [for target in keys(route.request_parameters) : "`${key}` `${target}`"]]))}."
  }

  validation {
    condition     = alltrue([for route in var.routes : route.passthrough_behavior == null ? true : contains(["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"], route.passthrough_behavior)])
    error_message = "A `passthrough_behavior` is WHEN_NO_MATCH, WHEN_NO_TEMPLATES or NEVER; seen: ${join(", ", compact([for route in var.routes : route.passthrough_behavior]))}."
  }

  validation {
    condition = alltrue([
      for handling in compact(flatten([for route in var.routes : concat([route.content_handling], route.responses[*].content_handling)])) :
      contains(["CONVERT_TO_TEXT", "CONVERT_TO_BINARY"], handling)
    ])
    error_message = "A `content_handling` is CONVERT_TO_TEXT or CONVERT_TO_BINARY; seen: ${join(", ", compact(flatten([for route in var.routes : concat([route.content_handling], route.responses[*].content_handling)])))}."
  }

  validation {
    # API Gateway keeps integration responses by status and finds them by pattern.
    condition = alltrue([
      for route in var.routes :
      length(distinct(route.responses[*].status)) == length(route.responses) &&
      length(distinct([for response in route.responses : coalesce(response.pattern, "default")])) == length(route.responses) &&
      alltrue([for response in route.responses : response.status >= 100 && response.status <= 599 && floor(response.status) == response.status])
    ])
    error_message = "A status, 100 to 599, and a `pattern` stand once among a route's responses (join patterns: `one|other`); seen: ${join(", ", [for key, route in var.routes : "`${key}` ${jsonencode([for response in route.responses : { status = response.status, pattern = response.pattern }])}" if length(route.responses) > 0])}."
  }

  validation {
    condition     = length(setsubtract(compact([for route in var.routes : route.authorizer]), keys(var.authorizers))) == 0
    error_message = "A route names an authorizer of `authorizers` (${join(", ", keys(var.authorizers))}); seen: ${join(", ", [for key, route in var.routes : "`${key}` -> `${route.authorizer}`" if route.authorizer != null])}."
  }

  validation {
    condition     = alltrue([for route in var.routes : length(coalesce(route.scopes, [])) == 0 || try(var.authorizers[route.authorizer].type, "none") == "cognito"])
    error_message = "Scopes are read from tokens of a user pool: the authorizer is of type cognito; seen: ${join(", ", [for key, route in var.routes : "`${key}` -> `${coalesce(route.authorizer, "none")}`" if length(coalesce(route.scopes, [])) > 0])}."
  }

  validation {
    condition     = alltrue([for route in var.routes : contains(["none", "body", "parameters", "all"], route.validator)])
    error_message = "`validator` is none, body, parameters or all; seen: ${join(", ", [for key, route in var.routes : "`${key}` `${route.validator}`"])}."
  }

  validation {
    condition     = alltrue([for route in var.routes : route.model == null ? true : contains(keys(var.models), route.model) && contains(["body", "all"], route.validator)])
    error_message = "A route names a model of `models` (${join(", ", keys(var.models))}), and a `validator` that looks at the body; seen: ${join(", ", [for key, route in var.routes : "`${key}` -> `${route.model}` `${route.validator}`" if route.model != null])}."
  }

  validation {
    condition     = alltrue(flatten([for route in var.routes : [for parameter in route.required_parameters : can(regex("^method\\.request\\.(header|querystring)\\.[A-Za-z0-9._$-]+$", parameter))]]))
    error_message = "A required parameter is method.request.header.NAME or method.request.querystring.NAME; seen: ${join(", ", flatten([for route in var.routes : [for parameter in route.required_parameters : "`${parameter}`"]]))}."
  }

  validation {
    condition = alltrue(flatten([
      for key, route in var.routes : [
        for parameter in route.cache_key_parameters :
        can(regex("^method\\.request\\.(header|querystring)\\.[A-Za-z0-9._$-]+$", parameter)) ||
        contains([for name in flatten(regexall("\\{([^{}+]+)\\+?\\}", key)) : "method.request.path.${name}"], parameter)
      ]
    ]))
    error_message = "A cache key is method.request.header.NAME, method.request.querystring.NAME or method.request.path.NAME with a parameter of the path; seen: ${join(", ", flatten([for key, route in var.routes : [for parameter in route.cache_key_parameters : "`${key}` `${parameter}`"]]))}."
  }

  validation {
    condition     = alltrue([for route in var.routes : route.timeout_ms >= 50 && route.timeout_ms <= 29000])
    error_message = "An integration's timeout is 50 to 29000 milliseconds; seen: ${join(", ", [for key, route in var.routes : "`${key}` ${route.timeout_ms}" if route.timeout_ms < 50 || route.timeout_ms > 29000])}."
  }

  validation {
    condition     = length(compact([for route in var.routes : route.operation_name])) == length(distinct(compact([for route in var.routes : route.operation_name])))
    error_message = "An operation name stands once in an API; seen: ${join(", ", [for name in sort(compact([for route in var.routes : route.operation_name])) : "`${name}`"])}."
  }
}
