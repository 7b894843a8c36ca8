"""What `exchange` asks the caller to do next: run a function, call an endpoint, ask an authorizer."""

from __future__ import annotations

import json
from dataclasses import field
from typing import TYPE_CHECKING, Any, Literal

from apitool.proxy.frozen import frozen
from apitool.proxy.mapping.overrides import Overrides
from apitool.proxy.once import once

if TYPE_CHECKING:
    from apitool.proxy.authorizers.authorizer import Authorizer
    from apitool.proxy.execution_log import Journal
    from apitool.proxy.gates import Gates
    from apitool.proxy.passage import Passage
    from apitool.proxy.request import Headers
    from apitool.proxy.routing import Match

AUTHORIZER_TIMEOUT_MS = 29_000  # AWS documents none for authorizers; that of integrations

InvocationType = Literal["RequestResponse", "Event"]


@frozen()
class Invocation:
    """A Lambda function to run, and what `finish` needs to go on.

    With `invocation_type` Event the function runs on its own: `finish` wants an outcome at once, of any kind.
    """

    function_arn: str  # with version or alias if the integration names one
    payload: bytes  # JSON, UTF-8
    timeout_ms: int
    source_arn: str  # who calls, for the function's resource policy
    passage: Passage
    route: Match
    journal: Journal  # the execution log so far
    invocation_type: InvocationType = "RequestResponse"
    credentials: str = ""  # of the integration; with a role the function's own policy is not asked
    overrides: Overrides = field(default_factory=Overrides)

    @once
    def event(self) -> Any:  # noqa: ANN401 - whatever JSON it is
        """The payload as the function parses it; None where a template made something else than JSON."""
        return parsed(self.payload)


@frozen(slots=True)
class Signing:
    """How a request to an AWS service is signed. `action` is what IAM calls it, None where a path is called
    and only the service can tell.
    """

    service: str  # of the signature's scope: `dynamodb`, `states`
    region: str
    credentials: str  # ARN of a role to assume, or `api.CALLER`
    action: str | None


@frozen(slots=True)
class HttpCall:
    """A request to an HTTP endpoint. Host and Content-Length are up to the caller; follow no redirects.

    With `signing` it goes to a service of AWS: to be signed, and sent to wherever AWS is.
    """

    url: str
    method: str
    headers: Headers
    body: bytes
    timeout_ms: int
    passage: Passage
    route: Match
    journal: Journal
    overrides: Overrides = field(default_factory=Overrides)
    signing: Signing | None = None


@frozen()
class AuthorizerCall:
    """A Lambda authorizer to run, and what `authorized` needs to go on."""

    function_arn: str
    payload: bytes
    timeout_ms: int
    source_arn: str  # arn:aws:execute-api:{region}:{account}:{api}/authorizers/{id}
    authorizer: Authorizer
    identity: tuple[str, ...]  # values of its identity sources: the key of its answer in the cache
    passage: Passage
    route: Match
    gates: Gates
    journal: Journal

    @once
    def event(self) -> Any:  # noqa: ANN401 - an object, as JSON is read
        """The payload as the authorizer parses it."""
        return parsed(self.payload)


def parsed(payload: bytes) -> Any:  # noqa: ANN401 - whatever JSON it is
    """As a function parses it; None where it is no JSON."""
    try:
        return json.loads(payload)
    except (ValueError, RecursionError):
        return None
