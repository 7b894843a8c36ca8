"""Integrations: what a method does with a request that was let in, and with what came back.

Two steps for those that call something, one for MOCK.

    integration_rules   Lambda integrations AWS takes when they are declared and fails when they are called
    proxy_function      AWS_PROXY: the proxy event, and the verdict on what the function returned
    custom_function     AWS with a Lambda function: templates in both directions
    http_request        HTTP and HTTP_PROXY: the request to the endpoint
    http_endpoint       HTTP and HTTP_PROXY: both steps
    mock                MOCK: no endpoint at all
    response_selection  which integration response takes an answer
    mapped_response     an integration response applied to an answer
    remapped_headers    header names the gateway keeps for itself
    validated           required parameters and the body's model, before any of them
"""

from __future__ import annotations
