"""Authorization of a request, by the method's authorizationType.

Recorded by stackd: an unsigned request to an AWS_IAM method is the Missing Authentication Token 403, a
missing token a 401. Signatures are not checked: whose key signed is read.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from apitool.proxy.admission.admitted import Admitted
from apitool.proxy.admission.lambda_authorizer import ask_authorizer
from apitool.proxy.answer import Answer, refused
from apitool.proxy.authorizers import signature
from apitool.proxy.authorizers.cognito_token import SIGNATURE_NOT_CHECKED, claims_of, turned_away
from apitool.proxy.authorizers.verdict_on_output import unauthorized
from apitool.proxy.cognito import cognito_authorizer
from apitool.proxy.verdict import Finding

if TYPE_CHECKING:
    from apitool.proxy.execution_log import Journal
    from apitool.proxy.gates import Gates
    from apitool.proxy.passage import Passage
    from apitool.proxy.routing import Match
    from apitool.proxy.steps import AuthorizerCall

_UNSIGNED = Finding("request.unsigned", "The request is not signed, and the method asks for it", "Sign it")


def authorize(
    passage: Passage, route: Match, gates: Gates, journal: Journal, *, now_ms: int
) -> Answer | AuthorizerCall | Admitted:
    """A caller that came in known is taken as it is."""
    kind = route.method.authorization
    if kind == "NONE" or _known(passage):
        return Admitted(passage, journal)
    if kind == "AWS_IAM":
        return _signed(passage, journal, now_ms=now_ms)
    if kind == "CUSTOM" and route.method.authorizer and gates.authorizers:
        authorizer = route.method.authorizer
        return ask_authorizer(
            passage, route, authorizer=authorizer, gates=gates, journal=journal, now_ms=now_ms
        )
    if not passage.request.header(route.method.identity_header or "Authorization"):
        return _without_token(passage, route, journal, now_ms=now_ms)
    if kind == "COGNITO_USER_POOLS" and gates.authorizers:
        return _with_claims(passage, route, journal, now_ms=now_ms)
    return Admitted(passage, journal)


def _known(passage: Passage) -> bool:
    return passage.caller.authorizer is not None or bool(passage.caller.identity)


def _signed(passage: Passage, journal: Journal, *, now_ms: int) -> Answer | Admitted:
    if not signature.signs(passage.request):
        return refused(passage, "MISSING_AUTHENTICATION_TOKEN", (_UNSIGNED,), journal, now_ms=now_ms)
    access_key = signature.access_key_of(passage.request)
    if access_key is None:
        return refused(passage, "INVALID_SIGNATURE", (signature.NOT_SIGNED,), journal, now_ms=now_ms)
    identity = signature.identity_of_key(access_key, passage.stage.account_id)
    caller = replace(passage.caller, identity=identity)
    return Admitted(replace(passage, caller=caller, findings=(signature.SIGNATURE_NOT_CHECKED,)), journal)


def _without_token(passage: Passage, route: Match, journal: Journal, *, now_ms: int) -> Answer:
    header = route.method.identity_header or "Authorization"
    away = unauthorized(f"the header `{header}` is missing", passage.ids.request_id, rule="request.no-token")
    return refused(passage, away.response_type, (away.finding,), journal, now_ms=now_ms, log=away.log)


def _with_claims(passage: Passage, route: Match, journal: Journal, *, now_ms: int) -> Answer | Admitted:
    token = passage.request.header(route.method.identity_header or "Authorization") or ""
    claims = claims_of(token)
    away = turned_away(claims, route.method.scopes, passage.ids.request_id, now_ms)
    if away is not None or claims is None:
        away = away or unauthorized("no claims", passage.ids.request_id)
        return refused(
            passage,
            away.response_type,
            (away.finding,),
            journal,
            now_ms=now_ms,
            log=away.log,
            message=away.message,
        )
    caller = replace(passage.caller, authorizer=cognito_authorizer(claims))
    return Admitted(replace(passage, caller=caller, findings=(SIGNATURE_NOT_CHECKED,)), journal)
