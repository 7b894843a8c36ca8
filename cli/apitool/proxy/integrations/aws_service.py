"""AWS with another service than Lambda: the signed request to make. What comes of it is `http_endpoint.py`'s.

URIs are `arn:aws:apigateway:{region}:{service}:action/{Action}` or `…:{service}:path/{path}` (documentation).
An action goes out as `https://dynamodb.us-east-1.amazonaws.com/?Action=GetItem`, mapped query parameters
behind it (a public log). DynamoDB, Kinesis and Step Functions get their `X-Amz-Target` from the gateway,
EventBridge only one that is mapped (LocalStack, compared with AWS); Firehose's is our guess. Services of the
query protocol answer JSON because the gateway asks for it by `Accept`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from apitool.proxy.answer import Answer, refused
from apitool.proxy.api import CALLER
from apitool.proxy.frozen import frozen
from apitool.proxy.integrations.http_request import (
    ILLEGAL_HEADERS,
    filled_url,
    http_method,
    mapped_headers,
    sends_body,
)
from apitool.proxy.integrations.integration_rules import (
    CallFailure,
    credentials_of,
    mapped_header_failure,
)
from apitool.proxy.integrations.mapped_request import map_request
from apitool.proxy.log_endpoint import service_request_lines
from apitool.proxy.outcome_texts import CONFIGURATION, INVALID_ENDPOINT
from apitool.proxy.steps import HttpCall, Signing
from apitool.proxy.unserved import failing
from apitool.proxy.verdict import Finding

if TYPE_CHECKING:
    from apitool.proxy.api import Integration
    from apitool.proxy.execution_log import Journal
    from apitool.proxy.passage import Passage
    from apitool.proxy.request import Headers
    from apitool.proxy.routing import Match

TARGETS = {
    "dynamodb": "DynamoDB_20120810",
    "firehose": "Firehose_20150804",
    "kinesis": "Kinesis_20131202",
    "states": "AWSStepFunctions",
}
"""Services that take an action as a header, which the gateway sets."""
TARGET_HEADER = "X-Amz-Target"
WANTS_TARGET = "events"
"""EventBridge takes an action as a header too, but the gateway leaves it to the integration to map it."""
_SERVED = frozenset({*TARGETS, WANTS_TARGET, "s3", "sns", "sqs"})
_URI = re.compile(
    r"arn:(?P<partition>[\w-]+):apigateway:(?P<region>[\w-]+):(?P<host>[\w.${}-]+)"
    r":(?P<kind>action|path)/(?P<rest>.+)",
    re.DOTALL,
)
_SEVERAL_PERMISSIONS = frozenset(
    {
        "BatchExecuteStatement",
        "ExecuteStatement",
        "ExecuteTransaction",
        "TransactGetItems",
        "TransactWriteItems",
    }
)
_BATCHED = frozenset({"sns", "sqs"})  # `sqs:SendMessage` covers SendMessageBatch too
_CHINA = "aws-cn"


@frozen(slots=True)
class ServiceTarget:
    """What a URI names. `url` may hold `{placeholders}` and `${stageVariables.…}`."""

    service: str
    region: str
    action: str | None
    url: str


@lru_cache(maxsize=1024)  # asked for on every request
def service_target(uri: str) -> ServiceTarget | None:
    """None when the URI names no service: no ARN of API Gateway's, or neither path nor action."""
    found = _URI.fullmatch(uri)
    if found is None:
        return None
    host = found["host"]
    domain = "amazonaws.com.cn" if found["partition"] == _CHINA else "amazonaws.com"
    base = f"https://{host}.{found['region']}.{domain}"
    if found["kind"] == "path":
        rest = found["rest"].removeprefix("/")
        return ServiceTarget(host.rpartition(".")[2], found["region"], None, f"{base}/{rest}")
    action = found["rest"].partition("&")[0]
    return ServiceTarget(host.rpartition(".")[2], found["region"], action, f"{base}/?Action={found['rest']}")


def iam_action(target: ServiceTarget) -> str | None:
    """What IAM calls an action; None where that depends on more than its name, or a path is called."""
    if target.action is None or target.service == "s3" or target.action in _SEVERAL_PERMISSIONS:
        return None
    name = target.action.removesuffix("Batch") if target.service in _BATCHED else target.action
    return f"{target.service}:{name}"


def begin_service(
    passage: Passage, route: Match, integration: Integration, journal: Journal, *, now_ms: int
) -> Answer | HttpCall:
    credentials = credentials_of(integration, passage.stage.variables)
    target = service_target(integration.uri)
    failure = mapped_header_failure(integration, ILLEGAL_HEADERS) or _uncallable(passage, target, credentials)
    if failure is not None:
        return failing(passage, failure, journal, now_ms=now_ms)
    made = map_request(passage, integration, journal, now_ms=now_ms)
    if isinstance(made, Answer):
        return made
    url = None if target is None else filled_url(target.url, passage, made.parameters, proxied=False)
    if target is None or url is None:
        finding = _bad_uri(integration.uri)
        return refused(passage, "DEFAULT_5XX", (finding,), journal, now_ms=now_ms, log=(INVALID_ENDPOINT,))
    method = http_method(passage, integration)
    headers = _targeted(mapped_headers(passage, made.parameters), target)
    body = made.body if sends_body(method) else b""
    return HttpCall(
        url=url,
        method=method,
        headers=headers,
        body=body,
        timeout_ms=integration.timeout_ms,
        passage=passage,
        route=route,
        journal=journal.then(service_request_lines, passage, url, headers, body, now_ms),
        overrides=made.overrides,
        signing=Signing(target.service, target.region, credentials, iam_action(target)),
    )


def _targeted(headers: Headers, target: ServiceTarget) -> Headers:
    prefix = TARGETS.get(target.service)
    named = any(name.lower() == TARGET_HEADER.lower() for name, _ in headers)
    if prefix is None or target.action is None or named:
        return headers
    return (*headers, (TARGET_HEADER, f"{prefix}.{target.action}"))


def _uncallable(passage: Passage, target: ServiceTarget | None, credentials: str) -> CallFailure | None:
    if target is None:
        return None  # told apart later: the address is what is wrong
    if target.service not in _SERVED:
        return CallFailure(
            _not_served(target.service), f"{CONFIGURATION}{target.service} is not served locally"
        )
    if not credentials:
        return CallFailure(_NO_CREDENTIALS, f"{CONFIGURATION}Role ARN must be specified for AWS integrations")
    signs = passage.route is not None and passage.route.method.authorization == "AWS_IAM"
    if credentials == CALLER and not signs:
        return CallFailure(_NO_CALLER, f"{CONFIGURATION}The request has no credentials to pass on")
    return None


_NO_CREDENTIALS = Finding(
    rule="integration.no-credentials",
    what="The integration calls a service of AWS and says with whose permissions nowhere",
    fix="Give it `credentials`: the ARN of a role that apigateway.amazonaws.com may assume",
    recorded=False,  # PutIntegration refuses it (moto's tests), what a call comes to nobody wrote down
)
_NO_CALLER = Finding(
    rule="integration.no-caller",
    what="The integration passes the caller's credentials on, and its method asks for none",
    fix="Let the method ask for AWS_IAM, or give the integration a role",
    recorded=False,
)


def _not_served(service: str) -> Finding:
    """Ours, not AWS's: it would have called the service."""
    return Finding(
        rule="integration.service-not-served",
        what=f"Integrations can call {', '.join(sorted(_SERVED))} here, and no `{service}`",
        fix="Try this route on AWS",
        seen=service,
        recorded=False,
    )


def _bad_uri(uri: str) -> Finding:
    return Finding(
        rule="integration.no-service-in-uri",
        what="The integration's URI names no service of AWS that can be called",
        fix="Write arn:aws:apigateway:REGION:SERVICE:action/ACTION or …:path/PATH; map what it has in braces",
        seen=uri[:120],
        recorded=False,
    )
