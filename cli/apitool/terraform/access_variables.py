"""Who may call and what is refused, as variables of the `api` root module (variables_access.tf)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from apitool.project import names
from apitool.project.access import asked_of
from apitool.project.schemas import schemas

if TYPE_CHECKING:
    from apitool.project.model import Authorizer, GatewayResponse, Project, Route, Stage, UsagePlan

Variables = dict[str, object]


def access_variables(project: Project, stage: Stage) -> Variables:
    return {
        "authorizers": {name: _authorizer(each) for name, each in project.authorizers.items()},
        "api_keys": {
            key: {
                "name": names.member(project.name, stage.name, key),
                "description": each.description or "",
                "enabled": each.enabled,
            }
            for key, each in project.api_keys.items()
        },
        "usage_plans": {
            key: _usage_plan(names.member(project.name, stage.name, key), plan)
            for key, plan in project.usage_plans.items()
        },
        "models": {name: json.dumps(schema, sort_keys=True) for name, schema in schemas(project).items()},
        "gateway_responses": {
            kind: _gateway_response(response) for kind, response in project.gateway_responses.items()
        },
    }


def asked_of_callers(project: Project, route: Route) -> Variables:
    """The part of a route's variables that says what its callers need, defaults filled in."""
    asked = asked_of(project, route)
    return {
        **({"authorizer": asked.authorizer} if asked.authorizer else {}),
        **({"scopes": list(route.scopes)} if asked.authorizer and route.scopes is not None else {}),
        **({"api_key": True} if asked.api_key else {}),
        **({"validator": asked.validator} if asked.validator != "none" else {}),
        **({"model": route.model} if route.model else {}),
        **({"cache_key_parameters": list(route.cache_key_parameters)} if route.cache_key_parameters else {}),
        **({"required_parameters": list(route.required_parameters)} if route.required_parameters else {}),
    }


def _authorizer(authorizer: Authorizer) -> Variables:
    return {
        "type": authorizer.type,
        "function": authorizer.function,
        "identity_sources": list(authorizer.identity_sources),
        "identity_validation": authorizer.identity_validation,
        "ttl": authorizer.ttl,
        "user_pools": list(authorizer.user_pools),
        "scopes": list(authorizer.scopes),
    }


def _usage_plan(name: str, plan: UsagePlan) -> Variables:
    return {
        "name": name,
        "description": plan.description,
        "api_keys": list(plan.api_keys),
        "throttle": plan.throttle.model_dump() if plan.throttle else None,
        "quota": plan.quota.model_dump() if plan.quota else None,
        "routes": {key: throttle.model_dump() for key, throttle in plan.routes.items()},
    }


def _gateway_response(response: GatewayResponse) -> Variables:
    return {
        "status": response.status,
        "headers": dict(response.headers),
        "templates": dict(response.templates),
    }
