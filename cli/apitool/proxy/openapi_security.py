"""What an operation asks of its caller: security schemes and AWS's extensions of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from apitool.proxy.api import AuthorizationType

Json = dict[str, Any]
_AUTHTYPES: dict[str, AuthorizationType] = {
    "awssigv4": "AWS_IAM",
    "custom": "CUSTOM",
    "cognito_user_pools": "COGNITO_USER_POOLS",
}


def required_schemes(document: Json, operation: Json) -> tuple[str, ...]:
    """Names of the schemes, the operation's own list replacing the document's."""
    written = operation.get("security", document.get("security"))
    entries = [entry for entry in (written if isinstance(written, list) else ()) if isinstance(entry, dict)]
    return tuple(name for entry in entries for name in entry)


def authorization_of(document: Json, operation: Json) -> tuple[AuthorizationType, str | None]:
    """The method's authorizationType, and the header its authorizer reads the token from."""
    direct = operation.get("x-amazon-apigateway-auth")
    if isinstance(direct, dict) and str(direct.get("type", "")).upper() == "AWS_IAM":
        return "AWS_IAM", "Authorization"
    for scheme in _schemes(document, operation):
        kind = _AUTHTYPES.get(str(scheme.get("x-amazon-apigateway-authtype", "")).lower())
        if kind is None and "x-amazon-apigateway-authorizer" in scheme:
            kind = "CUSTOM"
        if kind is not None:
            return kind, str(scheme.get("name") or "Authorization")
    return "NONE", None


def api_key_required(document: Json, operation: Json) -> bool:
    """An `apiKey` scheme in header `x-api-key` that no authorizer has taken over."""
    return any(
        scheme.get("type") == "apiKey"
        and str(scheme.get("name", "")).lower() == "x-api-key"
        and "x-amazon-apigateway-authtype" not in scheme
        and "x-amazon-apigateway-authorizer" not in scheme
        for scheme in _schemes(document, operation)
    )


def _schemes(document: Json, operation: Json) -> list[Json]:
    components = document.get("components")
    declared = components.get("securitySchemes") if isinstance(components, dict) else None
    known = declared if isinstance(declared, dict) else {}
    found = (known.get(name) for name in required_schemes(document, operation))
    return [scheme for scheme in found if isinstance(scheme, dict)]
