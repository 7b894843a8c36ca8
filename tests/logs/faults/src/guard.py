"""An authorizer that does what the token says: allow, deny, and every way to do neither."""


def handler(event, _context):
    token = event["authorizationToken"]
    if token == "unauthorized":
        raise Exception("Unauthorized")  # noqa: TRY002 - the very text AWS looks for
    if token == "fail":
        raise ValueError("no connection")
    if token == "garbage":
        return {"yes": True}
    effect = "Allow" if token == "allow" else "Deny"
    statement = {"Action": "execute-api:Invoke", "Effect": effect, "Resource": event["methodArn"]}
    return {"principalId": "me", "policyDocument": {"Version": "2012-10-17", "Statement": [statement]}}
