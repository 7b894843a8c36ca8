"""Lets in who says `ada`, denies who says `mallory`, and knows nobody else."""


def handler(event, _context):
    token = event.get("authorizationToken", "").removeprefix("Bearer ")
    name = token or event["queryStringParameters"]["token"]
    if name not in {"ada", "mallory"}:
        raise PermissionError("Unauthorized")  # this very text is a 401
    effect = "Allow" if name == "ada" else "Deny"
    statement = {"Action": "execute-api:Invoke", "Effect": effect, "Resource": event["methodArn"]}
    return {
        "principalId": name,
        "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
        "context": {"role": "admin", "level": 3},
    }
