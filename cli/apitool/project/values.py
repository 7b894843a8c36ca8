"""Rules for one value by itself: names, patterns, forms. Each says what the value must be, or nothing.

Where a rule is AWS's, the pattern is AWS's own; where AWS allows several things in several places, it is what
all of the places allow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from apitool.project import shown
from apitool.project.regions import REGIONS
from apitool.project.suggest import closest

_NAME = re.compile(r"[a-z]([a-z0-9-]*[a-z0-9])?")
_REGION = re.compile(r"[a-z]{2,4}(-[a-z]+)+-[1-9]")
_HANDLER = re.compile(r"[A-Za-z0-9_./-]+\.[A-Za-z_][A-Za-z0-9_]*")
_ENVIRONMENT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]+")
_STAGE_VARIABLE_NAME = re.compile(r"[A-Za-z0-9_]{1,64}")
_STAGE_VARIABLE_VALUE = re.compile(r"[A-Za-z0-9._~:/?#&=,-]{1,512}")
_TAG_CHARACTERS = re.compile(r"[\w\s.:/=+@-]*")
_MEDIA_TYPE = re.compile(r"(?P<type>\*|[A-Za-z0-9!#$&^_.+-]+)/(?P<subtype>\*|[A-Za-z0-9!#$&^_.+-]+)")
_ORIGIN = re.compile(r"\*|[a-z][a-z0-9+.-]*://[A-Za-z0-9.-]+(:\d{1,5})?")
_HEADER_NAME = re.compile(r"\*|[A-Za-z0-9!#$%&*+.^_`|~-]+")
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_OPERATION_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")

_LONGEST_HANDLER = 128  # characters, Lambda's limit
_LONGEST_STAGE = 128  # characters, API Gateway's limit
_LONGEST_TAG_KEY, _LONGEST_TAG_VALUE = 128, 256  # characters, the limits all tagged services share
_LONGEST_ATTRIBUTE = 255  # bytes, DynamoDB's limit for a key attribute

CORS_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

# Set by Lambda, refused by CreateFunction:
# https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html, "Reserved environment variables"
_RESERVED = {
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "LAMBDA_RUNTIME_DIR",
    "LAMBDA_TASK_ROOT",
}
_RESERVED_PREFIX = "AWS_LAMBDA_"
_NOT_RESERVED = {"AWS_LAMBDA_EXEC_WRAPPER"}  # the one of that prefix which is the user's to set


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the value must be (after the key: `must be …`), and how to mend it."""

    must: str
    fix: str | None = None


def name(value: str) -> Refusal | None:
    """A project, function, table or stage.

    The names land in RestApis, functions, roles, tables, log groups, URLs, folders and state keys. AWS would
    take upper case and `_` in most of them, but URLs, file systems and IAM disagree about case.
    """
    if _NAME.fullmatch(value):
        return None
    mended = re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-0123456789")
    return Refusal(
        "must be lower-case letters, digits and `-`, from a letter to a letter or digit",
        f"e.g. `{mended[:_LONGEST_STAGE]}`" if mended else None,
    )


def stage_name(value: str) -> Refusal | None:
    if value == "test-invoke-stage":
        return Refusal("must be another name: API Gateway calls its own test invocations so", "e.g. `test`")
    if len(value) > _LONGEST_STAGE:
        return Refusal(f"must have at most {_LONGEST_STAGE} characters")
    return name(value)


def region(value: str) -> Refusal | None:
    if _REGION.fullmatch(value):
        return None
    near = closest(value, REGIONS)
    return Refusal("must be an AWS region", f"did you mean `{near}`?" if near else "e.g. `eu-central-1`")


def relative_path(value: str) -> Refusal | None:
    """A path inside the project's folder: elsewhere it would not be in the repository, and not on CI."""
    if not value or "\0" in value:
        return Refusal("must be a path", "relative to the folder of apitool.toml")
    if "\\" in value:
        return Refusal("must be written with `/`", f"`{shown.text(value.replace(chr(92), '/'))}`")
    depth = 0
    for part in PurePosixPath(value).parts:
        depth += -1 if part == ".." else 1
        if part == "/" or depth < 0:
            return Refusal("must stay inside the project's folder", "move apitool.toml up, or the folder in")
    return None


def file_pattern(value: str) -> Refusal | None:
    """A pattern of .gitignore, which has no list to take things back from: no `!`."""
    if not value.strip("/") or "\0" in value:
        return Refusal("must be a pattern of file names", "e.g. `*.md` or `tests/`")
    if "\\" in value:
        return Refusal("must be written with `/`", f"`{shown.text(value.replace(chr(92), '/'))}`")
    if value.startswith("!") or ".." in value.split("/"):
        return Refusal(
            "must name files of the package", "`include` wins over `exclude`; there is no `!` or `..`"
        )
    return None


def handler(value: str) -> Refusal | None:
    """What Lambda calls; folders are separated by dots or slashes."""
    if len(value) > _LONGEST_HANDLER:
        return Refusal(f"must have at most {_LONGEST_HANDLER} characters")
    if value.endswith(".py"):
        return Refusal("must be `module.function`", f"`{shown.text(value.removesuffix('.py'))}.handler`")
    module = value.rpartition(".")[0]
    if not _HANDLER.fullmatch(value) or not all(module.replace("/", ".").split(".")):
        return Refusal("must be `module.function`", "`app.handler` calls `handler` in app.py")
    return None


def environment_name(value: str) -> Refusal | None:
    reserved = value.startswith(_RESERVED_PREFIX) and value not in _NOT_RESERVED
    if reserved or value in _RESERVED:
        return Refusal(
            "must be another name: Lambda sets this variable itself", "remove it; it is always there"
        )
    if not _ENVIRONMENT_NAME.fullmatch(value):
        return Refusal("must start with a letter and have two or more of A-Z a-z 0-9 _", "rename it")
    return None


def stage_variable_name(value: str) -> Refusal | None:
    if not _STAGE_VARIABLE_NAME.fullmatch(value):
        return Refusal("must be 1 to 64 of A-Z a-z 0-9 _", "rename it")
    return None


def stage_variable_value(value: str) -> Refusal | None:
    if not _STAGE_VARIABLE_VALUE.fullmatch(value):
        return Refusal(
            "must be 1 to 512 of A-Z a-z 0-9 - . _ ~ : / ? # & = ,", "encode it, e.g. as base64url"
        )
    return None


def tag_key(value: str) -> Refusal | None:
    if value.lower().startswith("aws:"):
        return Refusal("must not start with `aws:`, which is AWS's own", "rename it")
    if not value or len(value) > _LONGEST_TAG_KEY or not _TAG_CHARACTERS.fullmatch(value):
        return Refusal("must be 1 to 128 letters, digits, blanks or any of _ . : / = + - @", "rename it")
    return None


def tag_value(value: str) -> Refusal | None:
    if len(value) > _LONGEST_TAG_VALUE or not _TAG_CHARACTERS.fullmatch(value):
        return Refusal("must be at most 256 letters, digits, blanks or any of _ . : / = + - @")
    return None


def attribute(value: str) -> Refusal | None:
    """A DynamoDB attribute that is a key."""
    if not 1 <= len(value.encode()) <= _LONGEST_ATTRIBUTE:
        return Refusal("must have 1 to 255 bytes")
    return None


def media_type(value: str) -> Refusal | None:
    """An entry of `binary_media_types`. API Gateway never matches a left wildcard such as `*/png`."""
    found = _MEDIA_TYPE.fullmatch(value)
    if not found:
        return Refusal("must be `type/subtype`, without parameters", "e.g. `image/png` or `image/*`")
    if found["type"] == "*" and found["subtype"] != "*":
        return Refusal(
            "must not start with `*`: API Gateway never matches it", "name the type, e.g. `image/*`"
        )
    return None


def origin(value: str) -> Refusal | None:
    """One origin or `*`: the preflight is answered from a constant."""
    if _ORIGIN.fullmatch(value):
        return None
    mended = re.match(r"https?://[A-Za-z0-9.:-]+", value)
    return Refusal(
        "must be `*` or one origin: scheme, host and port, nothing after them",
        f"`{mended[0]}`" if mended else "e.g. `https://app.example.com`",
    )


def cors_method(value: str) -> Refusal | None:
    if value in {*CORS_METHODS, "*"}:
        return None
    upper = f"did you mean `{value.upper()}`?" if value.upper() in CORS_METHODS else None
    return Refusal(f"must be one of {', '.join(CORS_METHODS)} or `*`", upper)


def header_name(value: str) -> Refusal | None:
    if not _HEADER_NAME.fullmatch(value):
        return Refusal("must be the name of a header", "e.g. `Content-Type`, each in quotes of its own")
    return None


def operation_name(value: str) -> Refusal | None:
    if not _OPERATION_NAME.fullmatch(value):
        return Refusal("must be 1 to 64 of A-Z a-z 0-9 _ . -", "e.g. `ListOrders`")
    return None


def bucket(value: str) -> Refusal | None:
    """An S3 bucket: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html."""
    if not _BUCKET.fullmatch(value) or ".." in value or re.fullmatch(r"[\d.]+", value):
        return Refusal(
            "must be the name of an S3 bucket: 3 to 63 of a-z 0-9 - .", "e.g. `acme-terraform-state`"
        )
    return None


def url_path(value: str) -> Refusal | None:
    """A path to request: no query, nothing that would have to be encoded."""
    if not re.fullmatch(r"/[A-Za-z0-9._~:/@!$&'()*+,;=%-]*", value):
        return Refusal("must be a path from `/`, without a query, percent-encoded", "e.g. `/orders/42`")
    return None


def domain_name(value: str) -> Refusal | None:
    """A custom domain of API Gateway's, which takes `*.` for all names of one level."""
    if not re.fullmatch(r"(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", value):
        return Refusal("must be a domain name in lower case, without a scheme", "e.g. `api.example.com`")
    return None


def base_path(value: str) -> Refusal | None:
    if value and not re.fullmatch(r"[A-Za-z0-9_.~!$'()*+,;:@-]+(/[A-Za-z0-9_.~!$'()*+,;:@-]+)*", value):
        return Refusal(
            "must be empty, or a path without a slash at either end", "e.g. `orders` or `v1/orders`"
        )
    return None


def security_policy(value: str) -> Refusal | None:
    if not re.fullmatch(r"TLS_1_2|SecurityPolicy_TLS1[23]_[A-Za-z0-9_]+", value):
        return Refusal("must be TLS 1.2 or better", "`TLS_1_2`; SecurityPolicy_… names need the provider 6")
    return None


def zone_id(value: str) -> Refusal | None:
    if not re.fullmatch(r"Z[A-Z0-9]{1,31}", value):
        return Refusal("must be the id of a hosted zone of Route 53", "e.g. `Z0123456789ABC`")
    return None
