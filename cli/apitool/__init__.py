"""apitool: REST APIs on API Gateway and Lambda, with plain Terraform underneath."""

__version__ = "0.1.0"
