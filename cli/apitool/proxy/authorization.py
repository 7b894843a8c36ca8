"""Callers turned away before the integration: only what a missing credential leads to.

Recorded by stackd: an unsigned request to an AWS_IAM method is the Missing Authentication Token 403, a
missing Cognito token a 401. Credentials that are there are not checked here; who they belong to comes in as a
`Caller`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.verdict import Finding

if TYPE_CHECKING:
    from apitool.proxy.api import Method
    from apitool.proxy.request import Request


def missing_credential(method: Method, request: Request) -> tuple[str, Finding] | None:
    """The gateway response type and the reason; None when every credential asked for is there."""
    identity_header = method.identity_header or "Authorization"
    if method.authorization == "AWS_IAM" and not request.header("Authorization"):
        return "MISSING_AUTHENTICATION_TOKEN", _finding("unsigned", "is not signed", "Sign it with SigV4")
    if method.authorization in {"CUSTOM", "COGNITO_USER_POOLS"} and not request.header(identity_header):
        fix = f"Send the header `{identity_header}`"
        return "UNAUTHORIZED", _finding("no-token", "carries no token for the authorizer", fix)
    if method.api_key_required and not request.header("x-api-key"):
        return "INVALID_API_KEY", _finding("no-api-key", "carries no API key", "Send the header `x-api-key`")
    return None


def _finding(rule: str, what: str, fix: str) -> Finding:
    return Finding(f"request.{rule}", f"The request {what}, and the method asks for it", fix)
