output "id" {
  description = "Id of the link: what a route's `vpc_link` names, or a stage variable that it names."
  value       = aws_api_gateway_vpc_link.this.id
}
