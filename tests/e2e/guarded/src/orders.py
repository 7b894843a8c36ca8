"""Answers with what the gateway found out about the caller."""

import json


def handler(event, _context):
    caller = event["requestContext"].get("authorizer") or {}
    seen = {name: value for name, value in caller.items() if name != "integrationLatency"}
    return {"statusCode": 200, "body": json.dumps({"path": event["path"], "caller": seen})}
