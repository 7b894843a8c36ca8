"""What AWS refuses becomes an error that says which call, what was seen and what to do."""

from __future__ import annotations

import pytest
from botocore import exceptions as botocore

from apitool.aws.account import Account
from apitool.aws.refusals import calling
from apitool.errors import ApitoolError, CredentialsError


def refused(code: str, message: str = "no") -> botocore.ClientError:
    return botocore.ClientError({"Error": {"Code": code, "Message": message}}, "UpdateStage")


def error_of(raised: Exception) -> ApitoolError:
    with pytest.raises(ApitoolError) as caught, calling("change the stage `prod`"):
        raise raised
    assert caught.value.problems[0].what.startswith("could not change the stage `prod`")
    return caught.value


@pytest.mark.parametrize("code", ["ExpiredToken", "ExpiredTokenException", "RequestExpired"])
def test_expired_credentials_say_how_to_log_in(code):
    error = error_of(refused(code))
    assert isinstance(error, CredentialsError)
    assert "expired" in error.problems[0].what
    assert "aws sso login" in error.problems[0].fix


@pytest.mark.parametrize("code", ["InvalidClientTokenId", "UnrecognizedClientException"])
def test_credentials_aws_does_not_know_end_with_4(code):
    assert error_of(refused(code)).exit_code == 4


@pytest.mark.parametrize("code", ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation"])
def test_a_missing_permission_names_the_action(code):
    error = error_of(refused(code))
    assert error.exit_code == 4
    assert "UpdateStage" in error.problems[0].fix


@pytest.mark.parametrize("code", ["ThrottlingException", "TooManyRequestsException"])
def test_throttling_is_called_throttling(code):
    error = error_of(refused(code))
    assert error.exit_code == 1
    assert "throttled" in error.problems[0].what


def test_any_other_refusal_is_quoted():
    problem = error_of(refused("BadRequestException", "Invalid logging level specified: DEBUG")).problems[0]
    assert problem.seen == "BadRequestException: Invalid logging level specified: DEBUG"


@pytest.mark.parametrize(
    ("raised", "exit_code"),
    [
        (botocore.NoCredentialsError(), 4),
        (botocore.ProfileNotFound(profile="x"), 4),
        (botocore.EndpointConnectionError(endpoint_url="https://x"), 1),
        (botocore.ReadTimeoutError(endpoint_url="https://x"), 1),
        (botocore.NoRegionError(), 1),
    ],
)
def test_trouble_before_aws_answers_is_told_apart(raised, exit_code):
    assert error_of(raised).exit_code == exit_code


def test_a_profile_that_does_not_exist_ends_with_4(tmp_path, monkeypatch):
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    with pytest.raises(CredentialsError) as caught:
        _ = Account("eu-central-1", profile="nobody").id
    assert "nobody" in caught.value.problems[0].seen


def test_our_own_errors_pass_through_untouched():
    with pytest.raises(ApitoolError, match="mine"), calling("do it"):
        raise ApitoolError("mine")
