"""Signed requests (SigV4): whose key signed is read, the signature is not checked.

Offline nobody has the secret it was made with, so a finding says that nobody checked. Recorded by stackd
(`rest-iam-signed`): accountId, caller, principalOrgId, accessKey, userArn and user are filled; what they say
is made up from the access key, the same for every request of one key.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from apitool.proxy.verdict import Finding

if TYPE_CHECKING:
    from apitool.proxy.request import Request

_CREDENTIAL = re.compile(r"\bCredential=([^/,\s]+)/")
_ROLE_KEY = "ASIA"  # how keys of a role's session begin
SIGNATURE_NOT_CHECKED = Finding(
    rule="request.signature-not-checked",
    what="The request's signature was not checked, and who signed it is made up from the access key",
    fix="Try the request on AWS to see the real caller",
    severity="warning",
    recorded=False,
)
NOT_SIGNED = Finding(
    rule="request.no-signature",
    what="The Authorization header holds no SigV4 signature, and the method asks for one",
    fix="Sign the request for the service `execute-api`",
    recorded=False,
)


def signs(request: Request) -> bool:
    """Whether the request says anything about who sends it, in the header or in the query."""
    return bool(request.header("Authorization")) or "X-Amz-Credential" in request.query


def access_key_of(request: Request) -> str | None:
    """The access key a signature names; None where there is no signature."""
    found = _CREDENTIAL.search(request.header("Authorization") or "")
    if found:
        return found[1]
    return (request.query.get("X-Amz-Credential") or [""])[-1].partition("/")[0] or None


def identity_of_key(access_key: str, account_id: str) -> dict[str, str]:
    """Members of `requestContext.identity`; a session's caller has the session's name behind a colon."""
    digest = hashlib.sha256(access_key.encode(errors="replace")).hexdigest()
    unique = digest[:17].upper()
    session = access_key.startswith(_ROLE_KEY)
    caller = f"AROA{unique}:session" if session else f"AIDA{unique}"
    name = "assumed-role/role/session" if session else "user/user"
    service = "sts" if session else "iam"
    return {
        "accountId": account_id,
        "caller": caller,
        "principalOrgId": f"o-{digest[-10:]}",
        "accessKey": access_key,
        "userArn": f"arn:aws:{service}::{account_id}:{name}",
        "user": caller,
    }
