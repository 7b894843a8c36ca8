"""Who sends a request, where a test or a command says so: what an authorizer or a signature would have found.

The context of a Lambda authorizer goes through the rules its real answer goes through.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from apitool.errors import UsageError
from apitool.proxy.authorizers.authorizer_output import grant_of
from apitool.proxy.caller import ANONYMOUS, Caller
from apitool.proxy.cognito import cognito_authorizer
from apitool.proxy.routing import match, split_stage
from apitool.proxy.verdict import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.proxy.api import AuthorizationType
    from apitool.proxy.request import Request
    from apitool.proxy.stage import DeployedStage

PRINCIPAL = "user"
_USER = "AIDACKCEVSQ6C2EXAMPLE"  # AWS documentation's own examples
_KEY = "AKIAIOSFODNN7EXAMPLE"


def authorization_of(stage: DeployedStage, request: Request) -> AuthorizationType:
    """What the method that serves the request asks for; NONE where no method does."""
    route = match(stage.api, request.method, split_stage(request.raw_path).path)
    return "NONE" if route is None else route.method.authorization


def given_caller(
    stage: DeployedStage,
    request: Request,
    *,
    authorizer: Mapping[str, Any] | None,
    identity: Mapping[str, str] | None,
) -> Caller:
    """The caller that lets a request in.

    Args:
        stage: where it is sent.
        request: what is sent.
        authorizer: `principalId` and the context of a Lambda authorizer, or a Cognito token's `claims`.
        identity: members of `requestContext.identity` of a signed request, others filled in.

    Raises:
        UsageError: the route asks for no such thing, or no authorizer could return it.
    """
    kind = authorization_of(stage, request)
    if authorizer is not None:
        return Caller(authorizer=_authorizer(kind, authorizer, request))
    if identity is None:
        return ANONYMOUS
    if kind != "AWS_IAM":
        raise UsageError(
            f"{request.method} {request.target} takes no signed requests",
            seen=kind,
            fix="`identity` is for routes with an authorizer of type iam",
        )
    return Caller({**_signer(stage), **identity})


def anybody(stage: DeployedStage, request: Request, authorizer: Mapping[str, Any] | None = None) -> Caller:
    """Somebody the route's authorization would let in, made up where nothing is given."""
    kind = authorization_of(stage, request)
    if authorizer is None and kind in {"CUSTOM", "COGNITO_USER_POOLS"}:
        authorizer = {"principalId": PRINCIPAL} if kind == "CUSTOM" else {"claims": {"sub": PRINCIPAL}}
    identity: Mapping[str, str] | None = {} if kind == "AWS_IAM" and authorizer is None else None
    return given_caller(stage, request, authorizer=authorizer, identity=identity)


def _authorizer(kind: AuthorizationType, given: Mapping[str, Any], request: Request) -> Mapping[str, Any]:
    if kind == "COGNITO_USER_POOLS":
        claims = given.get("claims", given)
        return cognito_authorizer(claims if isinstance(claims, dict) else dict(given))
    if kind != "CUSTOM":
        raise UsageError(
            f"{request.method} {request.target} has no authorizer whose context could be given",
            seen=kind,
            fix="name one in the route's `authorizer`, or leave it out here",
        )
    context = {name: value for name, value in given.items() if name != "principalId"}
    principal = str(given.get("principalId") or PRINCIPAL)
    answer = {"principalId": principal, "policyDocument": {"Statement": []}, "context": context}
    grant = grant_of(json.dumps(answer, default=repr).encode())
    if isinstance(grant, Finding):
        raise UsageError(
            "no Lambda authorizer can give this context: AWS answers 500", seen=grant.seen, fix=grant.fix
        )
    return {**grant.context, "principalId": grant.principal_id, "integrationLatency": 0}


def _signer(stage: DeployedStage) -> dict[str, str]:
    return {
        "accountId": stage.account_id,
        "caller": _USER,
        "accessKey": _KEY,
        "userArn": f"arn:aws:iam::{stage.account_id}:user/{PRINCIPAL}",
        "user": _USER,
    }
