"""Running Terraform: which binary, in which environment, with which variables, and what it said.

Who prefers plain `terraform` finds everything it needs in the stage's folder.
"""
