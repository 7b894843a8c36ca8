"""Lists that are asked for in pages: `limit`, and `position`, which the page before ends with.

Recorded by LocalStack, test_get_api_keys. A list that is asked for without a limit comes as a whole here,
where AWS's documentation says that it ends after 25.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from moto.apigateway.responses import APIGatewayResponse

from apitool.local.corrections.correction import Correction

if TYPE_CHECKING:
    from collections.abc import Callable

PAGED = (
    "get_api_keys",
    "get_authorizers",
    "get_deployments",
    "get_domain_names",
    "get_models",
    "get_request_validators",
    "get_resources",
    "get_rest_apis",
    "get_usage_plan_keys",
    "get_usage_plans",
    "get_vpc_links",
)


def _paged(operation: str) -> Correction:
    def page(original: Callable[..., str], response: APIGatewayResponse) -> str:
        whole = original(response)
        asked = {name: values[0] for name, values in response.querystring.items()}
        start = int(asked["position"]) if asked.get("position", "").isdecimal() else 0
        limit = int(asked["limit"]) if asked.get("limit", "").isdecimal() else 0
        if not (start or limit):
            return whole
        items: list[Any] = json.loads(whole)["item"]
        end = start + limit if limit else len(items)
        more = {"position": str(end)} if end < len(items) else {}
        return json.dumps({"item": items[start:end], **more})

    return Correction(APIGatewayResponse, operation, "moto shows everything, whatever is asked for", page)


CORRECTIONS = tuple(map(_paged, PAGED))
