# Answers the gateway makes itself. A type with an answer of its own takes nothing from DEFAULT_4XX and
# DEFAULT_5XX, so CORS headers go on each: a browser hides an answer without them behind "CORS error".

locals {
  _gateway_response_types = toset(concat(keys(var.gateway_responses), var.cors == null ? [] : ["DEFAULT_4XX", "DEFAULT_5XX"]))

  _gateway_responses = {
    for type in local._gateway_response_types : type => try(var.gateway_responses[type], { status = null, headers = {}, templates = {} })
  }

  gateway_responses = {
    for type, response in local._gateway_responses : type => {
      for name, value in {
        statusCode = response.status == null ? null : tostring(response.status)
        responseParameters = {
          for header, expression in merge({ for name, text in local._cors_origin_headers : name => "'${text}'" }, response.headers) :
          "gatewayresponse.header.${header}" => expression
        }
        responseTemplates = response.templates
      } : name => value if try(length(value), 0) > 0
    }
  }
}
