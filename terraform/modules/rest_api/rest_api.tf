resource "aws_api_gateway_rest_api" "this" {
  name                         = var.name
  body                         = local.body
  api_key_source               = local.settings.api_key_source
  binary_media_types           = local.settings.binary_media_types
  description                  = local.settings.description
  disable_execute_api_endpoint = var.disable_execute_api_endpoint
  minimum_compression_size     = local.settings.minimum_compression_size
  policy                       = local.settings.policy
  tags                         = var.tags

  endpoint_configuration {
    # Not EDGE by itself, API Gateway's default: that allows 120 APIs a region instead of 600, one CreateRestApi
    # per 30 s instead of 3 s, and puts a CloudFront distribution in front that nobody can configure.
    types            = [var.endpoint.type]
    ip_address_type  = var.endpoint.ip_address_type
    vpc_endpoint_ids = length(var.endpoint.vpc_endpoint_ids) == 0 ? null : var.endpoint.vpc_endpoint_ids
  }

  lifecycle {
    # The deployment makes it so anyway; written down, because a new API has another URL, and callers should find
    # the old one until the new one answers.
    create_before_destroy = true
  }
}

# A deployment is a snapshot of the API: what is not deployed is not served. Keyed to the body's digest and the
# endpoint's settings, so every change that shapes the API makes a new one, and nothing else does.
resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  description = "OpenAPI body sha256:${local.body_sha256}"
  triggers    = local.deployment_triggers

  lifecycle {
    # The stage has to move to the new deployment before the old one can go: AWS refuses to delete a
    # deployment that a stage points to.
    create_before_destroy = true

    precondition {
      # The one setting that can't be set to nothing: see settings.tf.
      condition     = local.settings.policy != null || try(length(aws_api_gateway_rest_api.this.policy), 0) == 0
      error_message = "API Gateway has a resource policy that nothing declares any more, and the provider would put it back. Take it off, which callers notice at the next deployment only, then plan again: aws apigateway update-rest-api --rest-api-id ${aws_api_gateway_rest_api.this.id} --patch-operations op=replace,path=/policy,value="
    }
  }
}
