"""Execution-log lines of failed integrations, word for word (stackd's captures; error-repro notes, 2025)."""

from __future__ import annotations

CONFIGURATION = "Execution failed due to configuration error: "
MALFORMED = f"{CONFIGURATION}Malformed Lambda proxy response"
NOT_PERMITTED = f"{CONFIGURATION}Invalid permissions on Lambda function"
RATE_EXCEEDED = f"{CONFIGURATION}Rate Exceeded."
INVALID_ENDPOINT = f"{CONFIGURATION}Invalid endpoint address"
NETWORK_ERROR = "Execution failed due to a network error communicating with endpoint"
NO_ROLE = f"{CONFIGURATION}API Gateway does not have permission to assume the provided role "  # and its ARN
TIMEOUT = "Execution failed due to a timeout error"
NOT_BASE64 = f"{CONFIGURATION}Unable to base64 decode the body."


def customer_function_error(message: str, lambda_request_id: str) -> str:
    return (
        "Lambda execution failed with status 200 due to customer function error: "
        f"{message}. Lambda request id: {lambda_request_id}"
    )


def invocation_failed(status: int, lambda_request_id: str) -> str:
    return f"Lambda invocation failed with status: {status}. Lambda request id: {lambda_request_id}"
