output "target" {
  description = "What a DNS record for the domain points to, `name` and `zone_id`; null for a domain of somebody else's."
  value       = local.target
}

output "urls" {
  description = "URL by base path, without trailing slash."
  value       = { for path in keys(var.mappings) : path => path == "" ? "https://${var.name}" : "https://${var.name}/${path}" }

  # A request to the URL meets the mapping, and a name that resolves.
  depends_on = [
    aws_api_gateway_base_path_mapping.this,
    aws_route53_record.this,
  ]
}
