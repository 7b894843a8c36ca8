"""What an operation asks of its caller: security schemes and AWS's extensions of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apitool.proxy.authorizers.authorizer import DEFAULT_TTL_S, Authorizer
from apitool.proxy.resource_ids import resource_id

if TYPE_CHECKING:
    from apitool.proxy.api import AuthorizationType
    from apitool.proxy.authorizers.authorizer import AuthorizerKind

Json = dict[str, Any]
_AUTHTYPES: dict[str, AuthorizationType] = {
    "awssigv4": "AWS_IAM",
    "custom": "CUSTOM",
    "cognito_user_pools": "COGNITO_USER_POOLS",
}
_KINDS: dict[str, AuthorizerKind] = {
    "token": "TOKEN",
    "request": "REQUEST",
    "cognito_user_pools": "COGNITO_USER_POOLS",
}


def required_schemes(document: Json, operation: Json) -> tuple[str, ...]:
    """Names of the schemes, the operation's own list replacing the document's."""
    return tuple(_required(document, operation))


def required_scopes(document: Json, operation: Json) -> tuple[str, ...]:
    """Scopes asked for with any of the schemes."""
    scopes = _required(document, operation).values()
    return tuple(str(scope) for listed in scopes if isinstance(listed, list) for scope in listed)


def authorization_of(document: Json, operation: Json) -> tuple[AuthorizationType, str | None]:
    """The method's authorizationType, and the header its authorizer reads the token from."""
    direct = operation.get("x-amazon-apigateway-auth")
    if isinstance(direct, dict) and str(direct.get("type", "")).upper() == "AWS_IAM":
        return "AWS_IAM", "Authorization"
    for scheme in _schemes(document, operation).values():
        kind = _AUTHTYPES.get(str(scheme.get("x-amazon-apigateway-authtype", "")).lower())
        if kind is None and "x-amazon-apigateway-authorizer" in scheme:
            kind = "CUSTOM"
        if kind is not None:
            return kind, str(scheme.get("name") or "Authorization")
    return "NONE", None


def authorizer_of(document: Json, operation: Json) -> Authorizer | None:
    """The authorizer of the first scheme that has one."""
    for name, scheme in _schemes(document, operation).items():
        declared = scheme.get("x-amazon-apigateway-authorizer")
        if isinstance(declared, dict):
            return _authorizer(name, scheme, declared)
    return None


def api_key_required(document: Json, operation: Json) -> bool:
    """An `apiKey` scheme in header `x-api-key` that no authorizer has taken over."""
    return any(
        scheme.get("type") == "apiKey"
        and str(scheme.get("name", "")).lower() == "x-api-key"
        and "x-amazon-apigateway-authtype" not in scheme
        and "x-amazon-apigateway-authorizer" not in scheme
        for scheme in _schemes(document, operation).values()
    )


def _authorizer(name: str, scheme: Json, declared: Json) -> Authorizer:
    kind = _KINDS.get(str(declared.get("type", scheme.get("x-amazon-apigateway-authtype"))).lower(), "TOKEN")
    default = f"method.request.header.{scheme.get('name') or 'Authorization'}"
    written = declared.get("identitySource")
    if written is None:
        written = "" if kind == "REQUEST" else default
    ttl = declared.get("authorizerResultTtlInSeconds")
    validation = declared.get("identityValidationExpression")
    return Authorizer(
        name=name,
        kind=kind,
        id=resource_id(f"authorizer {name}"),
        uri=str(declared.get("authorizerUri") or ""),
        identity_sources=tuple(part.strip() for part in str(written).split(",") if part.strip()),
        validation=str(validation) if validation else None,
        ttl_s=ttl if isinstance(ttl, int) else DEFAULT_TTL_S,
    )


def _required(document: Json, operation: Json) -> dict[str, object]:
    written = operation.get("security", document.get("security"))
    entries = [entry for entry in (written if isinstance(written, list) else ()) if isinstance(entry, dict)]
    return {str(name): scopes for entry in entries for name, scopes in entry.items()}


def _schemes(document: Json, operation: Json) -> dict[str, Json]:
    components = document.get("components")
    declared = components.get("securitySchemes") if isinstance(components, dict) else None
    known = declared if isinstance(declared, dict) else {}
    found = {name: known.get(name) for name in required_schemes(document, operation)}
    return {name: scheme for name, scheme in found.items() if isinstance(scheme, dict)}
