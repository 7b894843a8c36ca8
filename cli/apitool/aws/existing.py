"""Objects that exist although Terraform's state does not know them: what an interrupted apply leaves behind.

Found by the names in the plan that wants to create them, and taken as ours only when they carry our tags (an
interrupted create has them: they are part of the call). Log groups, aliases and permissions have a name that
nobody else uses; mappings and records of a domain are ours when they lead to what is ours.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from apitool.aws import rest_api_twins
from apitool.aws.refusals import calling, code_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from botocore.paginate import Paginator

    from apitool.aws.account import Account

    Planned = Mapping[str, Any]
    Tags = Mapping[str, str]

_GONE = {"ResourceNotFoundException", "NoSuchEntity", "NotFoundException", "NoSuchHostedZone"}
_OUR_TAGS = ("apitool:project", "apitool:stage", "apitool:root")


def import_id(account: Account, resource_type: str, planned: Planned) -> str | None:
    """The id to import an object under that is to be created and exists already; None: there is none of ours.

    `planned` has the attributes known at plan time, as `terraform show -json` gives them.
    """
    finder = _FINDERS.get(resource_type)
    if finder is None:
        return None
    with calling(f"look for a {resource_type} that an interrupted run left"):
        try:
            return finder(account, planned)
        except (KeyError, TypeError):  # a name that is not known before the apply
            return None
        except ClientError as error:
            if code_of(error) in _GONE:
                return None
            raise


def _table(account: Account, planned: Planned) -> str | None:
    client = account.client("dynamodb")
    table = client.describe_table(TableName=planned["name"])["Table"]
    tags = client.list_tags_of_resource(ResourceArn=table["TableArn"])["Tags"]
    return planned["name"] if _ours(planned, _by_key(tags)) else None


def _function(account: Account, planned: Planned) -> str | None:
    found = account.client("lambda").get_function(FunctionName=planned["function_name"])
    return planned["function_name"] if _ours(planned, found.get("Tags", {})) else None


def _alias(account: Account, planned: Planned) -> str | None:
    name, function = planned["name"], planned["function_name"]
    account.client("lambda").get_alias(FunctionName=function, Name=name)
    return f"{function}/{name}"


def _permission(account: Account, planned: Planned) -> str | None:
    function, statement = planned["function_name"], planned["statement_id"]
    qualifier = planned.get("qualifier")
    one = {"Qualifier": qualifier} if qualifier else {}
    answer = account.client("lambda").get_policy(FunctionName=function, **one)
    statements = json.loads(answer["Policy"])["Statement"]
    if not any(each.get("Sid") == statement for each in statements):
        return None
    return f"{function}:{qualifier}/{statement}" if qualifier else f"{function}/{statement}"


def _role(account: Account, planned: Planned) -> str | None:
    role = account.client("iam").get_role(RoleName=planned["name"])["Role"]
    return planned["name"] if _ours(planned, _by_key(role.get("Tags", []))) else None


def _log_group(account: Account, planned: Planned) -> str | None:
    name = planned["name"]
    groups = account.client("logs").describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    return name if any(group["logGroupName"] == name for group in groups) else None


def _rest_api(account: Account, planned: Planned) -> str | None:
    tags = our_tags(planned)
    found = rest_api_twins.ours(account, planned["name"], tags) if tags else []
    api = rest_api_twins.kept(account, found)
    return api.id if api else None


def _stage(account: Account, planned: Planned) -> str | None:
    api, stage = planned["rest_api_id"], planned["stage_name"]
    account.client("apigateway").get_stage(restApiId=api, stageName=stage)
    return f"{api}/{stage}"


def _api_key(account: Account, planned: Planned) -> str | None:
    return _named(account.client("apigateway").get_paginator("get_api_keys"), planned)


def _usage_plan(account: Account, planned: Planned) -> str | None:
    return _named(account.client("apigateway").get_paginator("get_usage_plans"), planned)


def _named(paginator: Paginator[Any], planned: Planned) -> str | None:
    """The first of ours with that name; one made twice is removed after the apply (spare_tagged.py)."""
    ours = (
        each["id"]
        for page in paginator.paginate()
        for each in page["items"]
        if each["name"] == planned["name"] and _ours(planned, each.get("tags", {}))
    )
    return next(ours, None)


def _vpc_link(account: Account, planned: Planned) -> str | None:
    return _named(account.client("apigateway").get_paginator("get_vpc_links"), planned)


def _client_certificate(account: Account, planned: Planned) -> str | None:
    """The first of ours; one made twice is removed after the apply (spare_tagged.py)."""
    paginator = account.client("apigateway").get_paginator("get_client_certificates")
    ours = (
        str(each["clientCertificateId"])
        for page in paginator.paginate()
        for each in page["items"]
        if _ours(planned, each.get("tags", {}))
    )
    return next(ours, None)


def _domain_name(account: Account, planned: Planned) -> str | None:
    name = planned["domain_name"]
    domain = account.client("apigateway").get_domain_name(domainName=name)
    return name if _ours(planned, domain.get("tags", {})) else None


def _base_path_mapping(account: Account, planned: Planned) -> str | None:
    """Ours when it leads to our API; no tags say so."""
    domain, path, api = planned["domain_name"], planned.get("base_path") or "", planned["api_id"]
    client = account.client("apigateway")
    mapping = client.get_base_path_mapping(domainName=domain, basePath=path or "(none)")
    return f"{domain}/{path}" if mapping["restApiId"] == api else None


def _record(account: Account, planned: Planned) -> str | None:
    """Ours when it is an alias of the very name that is planned; no tags say so."""
    zone, name, kind = planned["zone_id"], planned["name"], planned["type"]
    target = planned["alias"][0]["name"]
    answer = account.client("route53").list_resource_record_sets(
        HostedZoneId=zone, StartRecordName=name, StartRecordType=kind, MaxItems="1"
    )
    for each in answer["ResourceRecordSets"]:
        alias = each.get("AliasTarget", {}).get("DNSName", "")
        if each["Type"] == kind and _same_host(each["Name"], name) and _same_host(alias, target):
            return f"{zone}_{name}_{kind}"
    return None


def _same_host(one: str, other: str) -> bool:
    """Route 53 ends names with a dot, and writes an asterisk as an octal escape."""
    return _host(one) == _host(other)


def _host(name: str) -> str:
    return name.replace("\\052", "*").rstrip(".").lower()


def _usage_plan_key(account: Account, planned: Planned) -> str | None:
    plan, key = planned["usage_plan_id"], planned["key_id"]
    account.client("apigateway").get_usage_plan_key(usagePlanId=plan, keyId=key)
    return f"{plan}/{key}"


_FINDERS: Mapping[str, Callable[[Account, Planned], str | None]] = {
    "aws_api_gateway_api_key": _api_key,
    "aws_api_gateway_base_path_mapping": _base_path_mapping,
    "aws_api_gateway_client_certificate": _client_certificate,
    "aws_api_gateway_domain_name": _domain_name,
    "aws_api_gateway_rest_api": _rest_api,
    "aws_api_gateway_stage": _stage,
    "aws_api_gateway_usage_plan": _usage_plan,
    "aws_api_gateway_usage_plan_key": _usage_plan_key,
    "aws_api_gateway_vpc_link": _vpc_link,
    "aws_cloudwatch_log_group": _log_group,
    "aws_dynamodb_table": _table,
    "aws_iam_role": _role,
    "aws_lambda_alias": _alias,
    "aws_lambda_function": _function,
    "aws_lambda_permission": _permission,
    "aws_route53_record": _record,
}


def our_tags(planned: Planned) -> dict[str, str]:
    """The tags by which an object is known again as ours."""
    return {key: value for key, value in (planned.get("tags_all") or {}).items() if key in _OUR_TAGS}


def _ours(planned: Planned, tags: Tags) -> bool:
    """Whether it has the tags the plan would give it; without such tags in the plan nothing is ours."""
    wanted = our_tags(planned)
    return bool(wanted) and wanted.items() <= tags.items()


def _by_key(tags: list[dict[str, str]]) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in tags}
