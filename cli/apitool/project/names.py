"""What a name in `apitool.toml` is called on AWS.

One rule for all: `{project}-{stage}` for the RestApi, `{project}-{stage}-{name}` for what belongs to it. The
Terraform variables carry these names, so HCL and CLI can't disagree.
"""

from __future__ import annotations

_DNS_SUFFIXES = {"cn": "amazonaws.com.cn", "eusc": "amazonaws.eu"}  # by the first part of a region


def rest_api(project: str, stage: str) -> str:
    return f"{project}-{stage}"


def member(project: str, stage: str, name: str) -> str:
    """A function or a table of the API at one stage."""
    return f"{project}-{stage}-{name}"


def execution_log_group(rest_api_id: str, stage: str) -> str:
    """Fixed by API Gateway; recorded on AWS, see docs/gateway.md."""
    return f"API-Gateway-Execution-Logs_{rest_api_id}/{stage}"


def access_log_group(project: str, stage: str) -> str:
    return f"/aws/apigateway/{rest_api(project, stage)}/access"


def function_log_group(function_name: str) -> str:
    """Fixed by Lambda."""
    return f"/aws/lambda/{function_name}"


def invoke_url(rest_api_id: str, region: str, stage: str) -> str:
    """Where AWS itself answers, without a trailing slash."""
    partition, _, _ = region.partition("-")
    suffix = _DNS_SUFFIXES.get(partition, "amazonaws.com")
    return f"https://{rest_api_id}.execute-api.{region}.{suffix}/{stage}"
