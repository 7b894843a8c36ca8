"""A method of moto's as an OpenAPI operation, for methods made by single calls, without a document.

What such a method refers to by id (authorizers, validators, models) becomes a member of the document under
that id.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from apitool.proxy.openapi import INTEGRATION

if TYPE_CHECKING:
    from moto.apigateway.models import Authorizer, Integration, Method, RestAPI

Document = dict[str, Any]
_API_KEY = "apitool-api-key"
_AUTHTYPES = {"CUSTOM": "custom", "COGNITO_USER_POOLS": "cognito_user_pools"}
_PLACES = {"header": "header", "querystring": "query", "path": "path"}
_SCHEMAS = "#/components/schemas/"
_BUILT_IN: Document = {  # of every API (recorded by LocalStack)
    "Empty": {"title": "Empty Schema", "type": "object"},
    "Error": {
        "title": "Error Schema",
        "type": "object",
        "properties": {"message": {"type": "string"}},
    },
}


def described(method: Method, api: RestAPI) -> Document:
    operation: Document = {"responses": {}, "security": _security(method, api), **_validated(method)}
    if method.operation_name:
        operation["operationId"] = method.operation_name
    if method.authorization_type == "AWS_IAM":
        operation["x-amazon-apigateway-auth"] = {"type": "AWS_IAM"}
    if method.request_validator_id in api.request_validators:
        operation["x-amazon-apigateway-request-validator"] = method.request_validator_id
    return operation | integrated(method)


def integrated(method: Method) -> Document:
    """The integration as a member of an operation; nothing without one."""
    made = method.method_integration
    return {} if made is None else {INTEGRATION: _integration(made)}


def referred_to(api: RestAPI) -> tuple[Document, Document, Document]:
    """Security schemes, schemas and validators that `described` operations may name."""
    schemes: Document = {_API_KEY: {"type": "apiKey", "name": "x-api-key", "in": "header"}}
    schemes |= {kind: _scheme(authtype) for kind, authtype in _AUTHTYPES.items()}  # of a missing authorizer
    schemes |= {str(each.id): _authorizer(each) for each in api.authorizers.values()}
    made = {name: json.loads(model.schema or "{}") for name, model in api.models.items()}
    schemas = {**_BUILT_IN, **made}
    validators = {
        each.id: {
            "validateRequestBody": bool(each.validate_request_body),
            "validateRequestParameters": bool(each.validate_request_parameters),
        }
        for each in api.request_validators.values()
    }
    return schemes, schemas, validators


def _security(method: Method, api: RestAPI) -> list[Document]:
    """An authorizer that is not there leaves its kind, which lets nobody in without a token."""
    asked = []
    if method.authorization_type in _AUTHTYPES:
        known = method.authorizer_id in api.authorizers
        scheme = method.authorizer_id if known else method.authorization_type
        asked.append({str(scheme): list(method.authorization_scopes or ())})
    if method.api_key_required:
        asked.append({_API_KEY: []})
    return asked


def _scheme(authtype: str, header: str = "Authorization") -> Document:
    return {"type": "apiKey", "name": header, "in": "header", "x-amazon-apigateway-authtype": authtype}


def _authorizer(authorizer: Authorizer) -> Document:
    kind = str(authorizer.type)
    source = authorizer.identity_source or ""
    header = source.rpartition(".")[2] if source.startswith("method.request.header.") else "Authorization"
    known = {
        "type": kind.lower(),
        "authorizerUri": authorizer.authorizer_uri,
        "identitySource": authorizer.identity_source,
        "identityValidationExpression": authorizer.identity_validation_expression,
        "authorizerResultTtlInSeconds": authorizer.authorizer_result_ttl,
        "providerARNs": authorizer.provider_arns,
    }
    written = {name: value for name, value in known.items() if value is not None}
    scheme = _scheme(_AUTHTYPES.get(kind, "custom"), header)
    return {**scheme, "x-amazon-apigateway-authorizer": written}


def _validated(method: Method) -> Document:
    """Parameters the method knows, and the model of its body."""
    written: Document = {}
    keys = {
        key.removeprefix("method.request."): must for key, must in (method.request_parameters or {}).items()
    }
    split = [(*key.partition(".")[::2], must) for key, must in keys.items()]
    parameters = [
        {"name": name, "in": _PLACES[place], "required": must in {True, "true"}}
        for place, name, must in split
        if place in _PLACES
    ]
    if parameters:
        written["parameters"] = parameters
    if method.request_models:
        written["requestBody"] = {
            "content": {
                media_type: {"schema": {"$ref": f"{_SCHEMAS}{model}"}}
                for media_type, model in method.request_models.items()
            }
        }
    return written


def _integration(integration: Integration) -> Document:
    responses = integration.integration_responses or {}
    known = {
        "type": integration.integration_type,
        "uri": integration.uri,
        "httpMethod": integration.http_method,
        "passthroughBehavior": integration.passthrough_behaviour,
        "contentHandling": integration.content_handling,
        "timeoutInMillis": integration.timeout_in_millis,
        "credentials": integration.credentials,
        "cacheKeyParameters": integration.cache_key_parameters,
        "cacheNamespace": integration.cache_namespace,
        "connectionType": integration.connection_type,
        "connectionId": vars(integration).get("connection_id"),
        "tlsConfig": integration.tls_config,
        "requestParameters": integration.request_parameters,
        "requestTemplates": integration.request_templates,
        "responses": {
            response.selection_pattern or "default": {
                "statusCode": str(response.status_code),
                "responseParameters": response.response_parameters or {},
                "responseTemplates": {
                    media_type: template or ""
                    for media_type, template in (response.response_templates or {}).items()
                },
                **({"contentHandling": response.content_handling} if response.content_handling else {}),
            }
            for response in responses.values()
        },
    }
    return {name: value for name, value in known.items() if value}
