"""Says which variant of the stage called it."""

import json


def handler(event, _context):
    said = {"color": event["stageVariables"]["color"], "canary": "isCanaryRequest" in event["requestContext"]}
    return {"statusCode": 200, "body": json.dumps(said)}
