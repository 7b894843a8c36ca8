"""Authorizers of methods: who may call, and what the function learns about the caller.

Pure like the rest: a Lambda authorizer is run by the caller of `exchange`, its answer comes back here.

    authorizer         an authorizer as declared
    identity_sources   the values of a request that an authorizer looks at
    authorizer_event   what a Lambda authorizer is given
    authorizer_output  what it gave back
    authorizer_cache   answers kept for a while; changes, with the time passed in
    authorizer_lines   what is written about it
    verdict_on_output  that answer and a request -> a caller, or the 401, 403 or 500 the client gets
    cognito_token      claims of a Cognito token, and its scopes
"""

from __future__ import annotations
