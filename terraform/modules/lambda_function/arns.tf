data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

# Computed from names, so a first plan already shows what the role may do.
locals {
  _account   = data.aws_caller_identity.current.account_id
  _partition = data.aws_partition.current.partition
  _region    = data.aws_region.current.id

  log_group_arn = "arn:${local._partition}:logs:${local._region}:${local._account}:log-group:${local.log_group_name}"

  table_arns = [
    for name in sort(distinct(values(var.tables))) :
    "arn:${local._partition}:dynamodb:${local._region}:${local._account}:table/${name}"
  ]
}
