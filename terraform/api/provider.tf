# Credentials and endpoint come from the environment, never from here.
provider "aws" {
  region              = var.region
  allowed_account_ids = var.account_id == null ? null : [var.account_id]

  default_tags {
    # Ours win: an interrupted apply is found again by them.
    tags = merge(var.tags, {
      "apitool:project" = var.name
      "apitool:stage"   = var.stage
    })
  }
}
