"""Rules of routes that a service of AWS other than Lambda answers, and of whose permissions are used.

API Gateway: an AWS integration has a role to assume, or the caller's credentials, or, where the target has a
policy of its own, none (PutIntegration's reference). Only Lambda has such a policy that we write.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from apitool.project import names, shown
from apitool.project.access import asked_of
from apitool.project.finding import Finding
from apitool.project.suggest import instead
from apitool.proxy.api import CALLER
from apitool.proxy.integrations.aws_service import TARGET_HEADER, WANTS_TARGET, iam_action, service_target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.project.draft import Draft, RouteDraft
    from apitool.project.model import Project, Route, Stage
    from apitool.project.scan import KeyPath

_SECTION = "routes"
_OWN_ROLE = ("statements", "tables")
_ROLE_NAME = 64  # characters, IAM's limit
_DIGEST = 8
TABLE_ACTIONS = frozenset(
    {"BatchGetItem", "BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query", "Scan", "UpdateItem"}
)
"""Actions of DynamoDB's API that need the permission of the same name and no other."""


def errors(draft: Draft, data: dict[str, Any]) -> Iterator[Finding]:
    """`data` is the file as it was read: it knows what is missing from what was only wrong."""
    for key, route in draft.get("routes", {}).items():
        kind = route.get("integration", "AWS_PROXY")
        if kind == "AWS":
            yield from _target(key, route)
            written = data.get(_SECTION, {}).get(key)
            yield from _permitted(key, route, written if isinstance(written, dict) else {})
        yield from _credentials(key, route)
        yield from _tables(key, route, draft)
        for index, statement in enumerate(route.get("statements", [])):
            if "*" in statement.get("resources", []) and not statement.get("any_resource"):
                what = "a statement for every resource has to say that it means it"
                fix = "name the ARNs; or any_resource = true, where an action has none to name"
                yield Finding((_SECTION, key, "statements", index, "resources"), what, '"*"', fix)


def warnings(project: Project) -> Iterator[Finding]:
    for route in project.routes:
        at: KeyPath = (_SECTION, route.key)
        if route.credentials == CALLER and not _signed(project, route):
            what = f"route `{shown.text(route.key)}` passes its caller's credentials on, and asks for none"
            yield Finding((*at, "credentials"), what, fix="give it an authorizer of type `iam`, or a role")
        target = service_target(route.uri or "") if route.integration == "AWS" else None
        if target is None or target.action is None:
            continue
        wanted = f"integration.request.header.{TARGET_HEADER}".lower()
        if target.service == WANTS_TARGET and wanted not in map(str.lower, route.request_parameters):
            what = f"route `{shown.text(route.key)}`: EventBridge takes its action from a header nothing maps"
            header = f'"integration.request.header.{TARGET_HEADER}"'
            fix = f"request_parameters = {{ {header} = \"'AWSEvents.{target.action}'\" }}"
            yield Finding((*at, "uri"), what, fix=fix)
        action = iam_action(target)
        granted = {each for statement in route.statements for each in statement.actions}
        if action and route.statements and not route.tables and action not in granted:
            what = f"no statement of route `{shown.text(route.key)}` grants `{action}`, which it calls"
            yield Finding((*at, "statements"), what, fix=f'actions = ["{action}"]')


def role_name(project: Project, stage: Stage, route: Route) -> str | None:
    """Name of the role that is made for a route's integration; None where none is.

    With the region in it, as roles are the account's; the digest tells routes, and long names, apart.
    """
    if not route.statements and not route.tables:
        return None
    stem = f"{names.rest_api(project.name, stage.name)}-{project.region}"
    digest = sha256(f"{stem} {route.key}".encode()).hexdigest()[:_DIGEST]
    return f"{stem[: _ROLE_NAME - _DIGEST - 1]}-{digest}"


def table_variables(project: Project, stage: Stage) -> dict[str, str]:
    """Stage variables that carry the names of the tables that routes use: `table_orders`."""
    used = sorted({table for route in project.routes for table in route.tables})
    return {
        f"table_{table.replace('-', '_')}": names.member(project.name, stage.name, table) for table in used
    }


def _signed(project: Project, route: Route) -> bool:
    authorizer = asked_of(project, route).authorizer
    return authorizer is not None and project.authorizers[authorizer].type == "iam"


def _target(key: str, route: RouteDraft) -> Iterator[Finding]:
    uri = route.get("uri")
    if uri is None:
        return
    target, at = service_target(uri), (_SECTION, key, "uri")
    if "function" in route:
        what = f"route `{shown.text(key)}` has a `function` and a `uri`"
        yield Finding(at, what, fix="AWS calls one of them: remove the other")
    elif target is None:
        what = "the `uri` of an integration AWS must be an ARN of API Gateway's with a path or an action"
        fix = "e.g. `arn:aws:apigateway:eu-central-1:dynamodb:action/PutItem`"
        yield Finding(at, what, f'"{shown.text(uri)}"', fix)
    elif target.service == "lambda":
        what = f"the `uri` of route `{shown.text(key)}` names a Lambda function"
        yield Finding(at, what, fix="write `function` instead: its permission comes with it")


def _credentials(key: str, route: RouteDraft) -> Iterator[Finding]:
    own = [each for each in _OWN_ROLE if route.get(each)]
    if "credentials" in route and own:
        what = f"route `{shown.text(key)}` has `credentials`, and `{own[0]}` for a role of its own"
        yield Finding((_SECTION, key, own[0]), what, fix="remove one of them")
    if "function" in route and own:
        what = f"`{shown.dotted((_SECTION, key, own[0]))}` is for the role of an integration without function"
        fix = f"remove it; what the function may do stands in `[functions.{shown.text(route['function'])}]`"
        yield Finding((_SECTION, key, own[0]), what, fix=fix)


def _permitted(key: str, route: RouteDraft, written: dict[str, Any]) -> Iterator[Finding]:
    said = {"credentials", "function", *_OWN_ROLE} & {name for name, value in written.items() if value}
    if "uri" in route and not said:
        what = f"route `{shown.text(key)}` calls a service of AWS with nobody's permissions"
        fix = "`credentials` with the ARN of a role, or `statements` or `tables` that one is made from"
        yield Finding((_SECTION, key, "uri"), what, fix=fix)


def _tables(key: str, route: RouteDraft, draft: Draft) -> Iterator[Finding]:
    at: KeyPath = (_SECTION, key, "tables")
    tables = draft.get("tables")
    for index, table in enumerate(route.get("tables", [])):
        if tables is not None and table not in tables:
            what = f"route `{shown.text(key)}`: there is no table `{shown.text(table)}`"
            yield Finding((*at, index), what, fix=instead(table, tables, kind="tables"))
    target = service_target(route.get("uri", ""))
    if route.get("tables") and target is not None:
        action = target.action or ""
        if target.service != "dynamodb" or action not in TABLE_ACTIONS:
            what = (
                f"`{shown.dotted(at)}` grants what the `uri` calls, and that is no action on a table's items"
            )
            fix = f"`statements` instead; `tables` goes with {', '.join(sorted(TABLE_ACTIONS))} of DynamoDB"
            yield Finding(at, what, fix=fix)
