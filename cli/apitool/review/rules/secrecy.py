"""Rules about values that look secret, and keys that encrypt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apitool.review.finding import Severity
from apitool.review.rules import among
from apitool.review.rules.rule import Hit, Rule
from apitool.terraform.document import mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from apitool.review.changes import Reviewed

_SECRET_NAME = re.compile(
    r"PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIAL|CONNECTION_?STRING",
    re.IGNORECASE,
)
# Names of where the secret is, or of something about it: `DB_SECRET_ARN`, `TOKEN_TTL`.
_REFERENCE_NAME = re.compile(
    r"_?(?:ARN|NAME|ID|PATH|URL|URI|TABLE|PARAMETER|TTL|EXPIRY|ISSUER|HEADER|VERSION|FILE|ALIAS|REGION|SECONDS)$",
    re.IGNORECASE,
)
_SECRET_VALUE = re.compile(
    r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY|\beyJ[\w-]{8,}\.eyJ|\bgh[pousr]_\w{36}"
    r"|\bxox[abprs]-\w{10}|\bsk_live_\w{10}|://[^/\s:@]+:[^/\s:@]+@"
)
_ENCRYPTED = {
    "aws_lambda_function": ("kms_key_arn",),
    "aws_cloudwatch_log_group": ("kms_key_id",),
    "aws_dynamodb_table": ("server_side_encryption",),
}


def secret_in_environment(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in among.made_or_changed(reviewed, "aws_lambda_function"):
        old, new = (
            among.block(side, "environment").get("variables") for side in (change.before, change.after)
        )
        for name in _secret(mapping(old), mapping(new)):
            what = f"environment variable {name} looks secret"
            yield Hit(among.name(reviewed, change), what, change.address)
    for change in among.made_or_changed(reviewed, "aws_api_gateway_stage"):
        for name in _secret(mapping(change.before.get("variables")), mapping(change.after.get("variables"))):
            yield Hit(among.name(reviewed, change), f"stage variable {name} looks secret", change.address)


def _secret(old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[str]:
    for name, value in sorted(new.items()):
        named = _SECRET_NAME.search(name) and not _REFERENCE_NAME.search(name)
        if old.get(name) != value and value and (named or _SECRET_VALUE.search(text(value))):
            yield name


def encryption_removed(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for kind, attributes in _ENCRYPTED.items():
        for change in among.changed(reviewed, kind):
            for attribute in attributes:
                if among.lost(change, attribute):
                    what = "no longer encrypted with a key of your own"
                    yield Hit(among.name(reviewed, change), what, change.address)


RULES = (
    Rule(
        "secret-in-environment",
        Severity.WARNING,
        "An environment value or stage variable looks secret",
        "It stands in clear in the plan, the state and the console.",
        "Put it into SSM or Secrets Manager, and its name into the environment.",
        secret_in_environment,
    ),
    Rule(
        "encryption-removed",
        Severity.WARNING,
        "A customer-managed key is taken off",
        "Whoever may read the resource may read it without the key; audits ask for the key.",
        "Keep the key.",
        encryption_removed,
    ),
)
