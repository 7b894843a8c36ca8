"""Everything there is in an embedded AWS, by name, each as often as it is there."""

from __future__ import annotations

from typing import Any


def inventory(aws: Any) -> dict[str, Any]:
    gateway = aws("apigateway")
    apis = gateway.get_rest_apis()["items"]
    ids = [api["id"] for api in apis]
    return {
        "tables": sorted(aws("dynamodb").list_tables()["TableNames"]),
        "functions": sorted(each["FunctionName"] for each in aws("lambda").list_functions()["Functions"]),
        "roles": sorted(each["RoleName"] for each in aws("iam").list_roles()["Roles"]),
        "log groups": sorted(g["logGroupName"] for g in aws("logs").describe_log_groups()["logGroups"]),
        "rest apis": sorted(api["name"] for api in apis),
        "deployments": sum(len(gateway.get_deployments(restApiId=each)["items"]) for each in ids),
        "stages": [s["stageName"] for each in ids for s in gateway.get_stages(restApiId=each)["item"]],
    }
