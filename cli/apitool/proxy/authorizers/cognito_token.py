"""Tokens of a Cognito user pool. Their claims are read; their signature is not checked here.

Offline there are no pool keys to check it with, so a finding says that nobody did. Recorded by stackd: no
token is a 401 `Unauthorized`; claims reach the function as strings (`cognito.cognito_authorizer`). The texts
for an expired token and for missing scopes are from public reports.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import TYPE_CHECKING, Any

from apitool.proxy.authorizers.verdict_on_output import TurnedAway, unauthorized
from apitool.proxy.verdict import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping

EXPIRED = "The incoming token has expired"
_PARTS_OF_A_JWT = 3
SIGNATURE_NOT_CHECKED = Finding(
    rule="authorizer.signature-not-checked",
    what="The token's claims were read without checking its signature",
    fix="Try the request on AWS with a token of the user pool",
    severity="warning",
    recorded=False,
)


def claims_of(token: str) -> dict[str, Any] | None:
    """The claims of a JSON web token, `Bearer ` before it allowed; None for anything else."""
    parts = token.removeprefix("Bearer ").strip().split(".")
    if len(parts) != _PARTS_OF_A_JWT:
        return None
    try:
        padded = parts[1] + "=" * (-len(parts[1]) % 4)
        claims = json.loads(base64.b64decode(padded.encode(), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        return None
    return claims if isinstance(claims, dict) else None


def turned_away(
    claims: Mapping[str, Any] | None, scopes: tuple[str, ...], request_id: str, now_ms: int
) -> TurnedAway | None:
    """What a token's claims lead to; None lets the request pass.

    Args:
        claims: None when the token is none.
        scopes: of the method; with any, an access token with one of them is needed, without, an ID token.
        request_id: for the log.
        now_ms: milliseconds since 1970.
    """
    if claims is None:
        return unauthorized("the token is no JSON web token", request_id)
    expires = claims.get("exp")
    if isinstance(expires, (int, float)) and expires * 1000 <= now_ms:
        refused = unauthorized("the token has expired", request_id)
        return TurnedAway(refused.response_type, refused.finding, refused.log, EXPIRED)
    if scopes and not set(scopes) & set(str(claims.get("scope", "")).split()):
        return unauthorized(f"the token has none of the scopes {', '.join(scopes)}", request_id)
    if not scopes and claims.get("token_use") == "access":
        return unauthorized("the method has no scopes, so it takes ID tokens only", request_id)
    return None
