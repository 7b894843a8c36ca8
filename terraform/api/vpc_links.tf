module "vpc_link" {
  source   = "../modules/vpc_link"
  for_each = var.vpc_links

  name              = each.value.name
  load_balancer_arn = each.value.load_balancer_arn
}

locals {
  # A route names its link by a stage variable, `${stageVariables.vpc_link_NAME}`: so the API's body is known
  # before the link is made, and the same in every stage.
  stage_variables = merge(
    { for key, link in module.vpc_link : "vpc_link_${replace(key, "-", "_")}" => link.id },
    var.stage_variables,
  )
}
