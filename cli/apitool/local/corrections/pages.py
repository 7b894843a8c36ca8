"""Lists that come in pages: `limit`, and `position`, which the page before ends with.

Recorded by LocalStack, test_get_api_keys. That a page holds 25 where no limit is asked for, and 500 at most,
is what the API reference says of every list but stages and gateway responses.
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
    "get_base_path_mappings",
    "get_client_certificates",
    "get_deployments",
    "get_documentation_parts",
    "get_documentation_versions",
    "get_domain_names",
    "get_models",
    "get_request_validators",
    "get_resources",
    "get_rest_apis",
    "get_usage_plan_keys",
    "get_usage_plans",
    "get_vpc_links",
)
_USUALLY, _MOST = 25, 500


def _paged(operation: str) -> Correction:
    def page(original: Callable[..., str], response: APIGatewayResponse) -> str:
        asked = {name: values[0] for name, values in response.querystring.items()}
        start, limit = _number(asked.get("position")), _number(asked.get("limit")) or _USUALLY
        items: list[Any] = json.loads(original(response))["item"]
        end = start + min(limit, _MOST)
        more = {"position": str(end)} if end < len(items) else {}
        return json.dumps({"item": items[start:end], **more})

    return Correction(APIGatewayResponse, operation, "moto shows everything, whatever is asked for", page)


def _number(written: str | None) -> int:
    return int(written) if written and written.isdecimal() else 0


CORRECTIONS = tuple(map(_paged, PAGED))
