"""Where the state is: an S3 bucket, one key an API and stage, locked by S3 itself.

https://developer.hashicorp.com/terraform/language/backend/s3
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class S3Backend:
    """`embedded`: the bucket is the embedded AWS's, which has no regions, accounts or virtual hosts to check.

    Its address comes from the environment (`AWS_ENDPOINT_URL`), as the provider's does.
    """

    bucket: str
    key: str
    region: str
    embedded: bool = False

    def settings(self) -> dict[str, str | bool]:
        """The settings of `backend "s3" {}`, complete."""
        here: dict[str, str | bool] = {
            "bucket": self.bucket,
            "key": self.key,
            "region": self.region,
            "encrypt": True,
            "use_lockfile": True,
        }
        return here | (_EMBEDDED if self.embedded else {})


_EMBEDDED: dict[str, str | bool] = {
    "use_path_style": True,
    "skip_credentials_validation": True,
    "skip_metadata_api_check": True,
    "skip_region_validation": True,
    "skip_requesting_account_id": True,
}


def stage_key(project: str, stage: str) -> str:
    return f"{project}/{stage}.tfstate"


def account_key(region: str) -> str:
    """The account root's state: one a region, whatever the project."""
    return f"account/{region}.tfstate"
