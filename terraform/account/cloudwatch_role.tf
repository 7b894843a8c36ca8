# A root of its own, with a state of its own: the setting belongs to the account and region, not to any one API,
# and must outlive them all. Apply it only where GetAccount shows no live role; it would replace a stranger's.
module "cloudwatch_role" {
  source = "../modules/cloudwatch_role"

  role_name = var.role_name
}
