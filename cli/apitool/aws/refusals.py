"""botocore's exceptions as our errors: which call, what AWS said, what to do about it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from botocore import exceptions as botocore

from apitool.errors import ApitoolError, CredentialsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from botocore.exceptions import ClientError

_LOG_IN = "set AWS_PROFILE or log in (`aws sso login`), or try it without an account: add --local"
_EXPIRED = {"ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"}
_UNKNOWN = {"InvalidClientTokenId", "UnrecognizedClientException", "AuthFailure", "SignatureDoesNotMatch"}
_FORBIDDEN = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "403"}
_THROTTLED = {"Throttling", "ThrottlingException", "TooManyRequestsException", "RequestLimitExceeded"}


@contextmanager
def calling(what: str) -> Iterator[None]:
    """Run AWS calls; `what` completes the sentence "could not …".

    Raises:
        CredentialsError: none found, expired, unknown, or not allowed to do this.
        ApitoolError: anything else AWS or the network refused.
    """
    try:
        yield
    except botocore.ClientError as error:
        raise _refusal(what, error) from error
    except (
        botocore.NoCredentialsError,
        botocore.PartialCredentialsError,
        botocore.ProfileNotFound,
        botocore.TokenRetrievalError,
        botocore.SSOError,
        botocore.CredentialRetrievalError,
    ) as error:
        raise CredentialsError(f"could not {what}", seen=str(error), fix=_LOG_IN) from error
    except (botocore.HTTPClientError, botocore.ConnectionError) as error:
        raise ApitoolError(
            f"could not {what}: AWS could not be reached",
            seen=str(error),
            fix="check the network, the proxy settings and --region",
        ) from error
    except botocore.BotoCoreError as error:
        raise ApitoolError(f"could not {what}", seen=str(error)) from error


def code_of(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def message_of(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Message", "")).strip()


def _refusal(what: str, error: ClientError) -> ApitoolError:
    code, seen = code_of(error), f"{code_of(error)}: {message_of(error)}"
    if code in _EXPIRED:
        return CredentialsError(f"could not {what}: the credentials have expired", seen=seen, fix=_LOG_IN)
    if code in _UNKNOWN:
        return CredentialsError(
            f"could not {what}: AWS does not accept the credentials", seen=seen, fix=_LOG_IN
        )
    if code in _FORBIDDEN:
        return CredentialsError(
            f"could not {what}: not allowed",
            seen=seen,
            fix=f"have `{error.operation_name}` allowed for this role, or use one that may",
        )
    if code in _THROTTLED:
        return ApitoolError(
            f"could not {what}: AWS throttled it, {_attempts(error)}",
            seen=seen,
            fix="the control plane gives 10 requests/s to the whole account; try again in a minute",
        )
    return ApitoolError(f"could not {what}", seen=seen)


def _attempts(error: ClientError) -> str:
    retries = error.response.get("ResponseMetadata", {}).get("RetryAttempts", 0)
    return f"{retries + 1} attempts"
