"""Which package a function really has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from apitool.aws.refusals import calling, code_of

if TYPE_CHECKING:
    from types_boto3_lambda import LambdaClient

    from apitool.aws.account import Account


def sha256(account: Account, function: str) -> str | None:
    """SHA-256 of the unpublished version's package, in base64 as Terraform has it; None: no such function."""
    client: LambdaClient = account.client("lambda")
    with calling(f"look at the code of {function}"):
        try:
            return client.get_function_configuration(FunctionName=function)["CodeSha256"]
        except ClientError as error:
            if code_of(error) == "ResourceNotFoundException":
                return None
            raise
