locals {
  # What counts from the next deployment on and is not in the body. Left out where it is API Gateway's default.
  _endpoint_settings = {
    for key, value in {
      disable_execute_api_endpoint = var.disable_execute_api_endpoint ? "true" : null
      endpoint                     = var.endpoint.type == "REGIONAL" ? null : join(" ", concat([var.endpoint.type], sort(var.endpoint.vpc_endpoint_ids)))
      ip_address_type              = var.endpoint.ip_address_type
    } : key => value if value != null
  }

  deployment_triggers = merge({ body = local.body_sha256 }, local._endpoint_settings)
}
