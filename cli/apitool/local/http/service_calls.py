"""Requests of integrations to AWS services: signed, and turned to where AWS is here.

A signed request names its service in the scope of its signature, which is how the control plane tells them
apart; the Host stays AWS's own, as the signature wants it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from apitool.errors import ApitoolError
from apitool.proxy.api import CALLER
from apitool.proxy.outcome import HttpAnswered, HttpFailed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from apitool.local.roles import Roles
    from apitool.proxy.outcome import HttpOutcome
    from apitool.proxy.steps import HttpCall, Signing

_QUERY = {"sns": "2010-03-31", "sqs": "2012-11-05"}
"""Services of the query protocol, and the version of theirs that botocore speaks."""
_BY_METHOD = frozenset({"s3"})  # where a body is what is stored, whatever its type
_FORM = "application/x-www-form-urlencoded"
_JSON = "application/x-amz-json-1.1"
_KEYS = ("embedded", "embedded")  # of the embedded AWS, which knows no others


class ServiceCalls:
    """`control_url` gives where AWS answers, started if need be, or raises ApitoolError; `roles` says what a
    role may do.
    """

    def __init__(self, control_url: Callable[[], Awaitable[str]], roles: Roles) -> None:
        self._control_url = control_url
        self._roles = roles

    async def prepared(self, call: HttpCall, signing: Signing) -> HttpCall | HttpOutcome:
        """The request to send instead, or what came of it already."""
        if signing.credentials != CALLER:
            match self._roles(signing.credentials, signing.action):
                case "not-assumable":
                    return HttpFailed("role", signing.credentials)
                case "denied":
                    return _denied(signing)
                case None:
                    pass
        try:
            control_url = await self._control_url()
        except ApitoolError as error:
            return HttpFailed("network", f"no embedded AWS: {error.problems[0].what}")
        try:
            return _signed(_as_moto_reads(call, signing), signing, control_url)
        except ValueError as error:  # of what a client put into the path, no URL can be made
            return HttpFailed("invalid-address", str(error))


def _signed(call: HttpCall, signing: Signing, control_url: str) -> HttpCall:
    from botocore.auth import S3SigV4Auth, SigV4Auth  # noqa: PLC0415 - 0.1 s that serve's start does without
    from botocore.awsrequest import AWSRequest  # noqa: PLC0415
    from botocore.credentials import Credentials  # noqa: PLC0415

    kind = S3SigV4Auth if signing.service == "s3" else SigV4Auth
    request = AWSRequest(method=call.method, url=call.url, data=call.body, headers=dict(call.headers))
    kind(Credentials(*_KEYS), signing.service, signing.region).add_auth(request)
    url = urlsplit(call.url)
    target = f"{url.path or '/'}{f'?{url.query}' if url.query else ''}"
    headers = (*((name, str(value)) for name, value in request.headers.items()), ("Host", url.netloc))
    return replace(call, url=f"{control_url}{target}", headers=headers, signing=None)


def _as_moto_reads(call: HttpCall, signing: Signing) -> HttpCall:
    """AWS goes by X-Amz-Target and Accept, moto by Content-Type. Services of the query protocol answer the
    gateway in JSON because it accepts that: moto wants to be asked, and to find everything in one place, in
    the form when there is one, else in the query.
    """
    if signing.service in _BY_METHOD:
        return call
    version = _QUERY.get(signing.service)
    if version is None:
        return _typed(call, _JSON)
    more = f"ContentType=JSON&Version={version}"
    if call.body and _FORM in _header(call, "content-type"):
        return replace(call, body=b"&".join((call.body.rstrip(b"&\n"), more.encode())))
    return _typed(replace(call, url=f"{call.url}{'&' if '?' in call.url else '?'}{more}", body=b""), _FORM)


def _typed(call: HttpCall, media_type: str) -> HttpCall:
    kept = (pair for pair in call.headers if pair[0].lower() != "content-type")
    return replace(call, headers=(*kept, ("Content-Type", media_type)))


def _header(call: HttpCall, wanted: str) -> str:
    return next((value for name, value in call.headers if name.lower() == wanted), "")


def _denied(signing: Signing) -> HttpAnswered:
    """What services of the JSON protocols answer to somebody who may not: 400, not 403."""
    role = signing.credentials.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")
    message = (
        f"User: {role}/BackplaneAssumeRoleSession is not authorized to perform: {signing.action}"
        f" because no identity-based policy allows the {signing.action} action"
    )
    document = {"__type": "com.amazon.coral.service#AccessDeniedException", "Message": message}
    status = 403 if signing.service in _QUERY else 400
    headers = (("Content-Type", "application/x-amz-json-1.0"),)
    return HttpAnswered(status, headers, json.dumps(document).encode(), 0)
