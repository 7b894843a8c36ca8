provider "aws" {
  region              = var.region
  allowed_account_ids = var.account_id == null ? null : [var.account_id]

  default_tags {
    # Ours wins: an interrupted apply is found again by it.
    tags = merge(var.tags, { "apitool:root" = "account" })
  }
}
