"""`requestContext.identity`: always the same twelve keys, two more with an API key (recorded by stackd)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apitool.proxy.caller import Caller
    from apitool.proxy.request import Request

_UNKNOWN = dict.fromkeys(
    (
        "cognitoIdentityPoolId",
        "accountId",
        "cognitoIdentityId",
        "caller",
        "sourceIp",
        "principalOrgId",
        "accessKey",
        "cognitoAuthenticationType",
        "cognitoAuthenticationProvider",
        "userArn",
        "userAgent",
        "user",
    )
)
# The order differs with an API key (stackd, api_key_runtime).
_NAMES_WITH_KEY = (
    "cognitoIdentityPoolId",
    "cognitoIdentityId",
    "apiKey",
    "principalOrgId",
    "cognitoAuthenticationType",
    "userArn",
    "apiKeyId",
    "userAgent",
    "accountId",
    "caller",
    "sourceIp",
    "accessKey",
    "cognitoAuthenticationProvider",
    "user",
)


def identity_of(request: Request, caller: Caller) -> dict[str, str | None]:
    """Null for what is not known. `apiKeyId` is missing for a key nobody knows (recorded)."""
    known: dict[str, str | None] = {
        "sourceIp": request.source_ip,
        "userAgent": request.header("User-Agent"),
        **caller.identity,
    }
    if caller.api_key is None:
        return {**_UNKNOWN, **{name: value for name, value in known.items() if name in _UNKNOWN}}
    known["apiKey"], known["apiKeyId"] = caller.api_key, caller.api_key_id
    skipped = "apiKeyId" if caller.api_key_id is None else ""
    return {name: known.get(name) for name in _NAMES_WITH_KEY if name != skipped}
