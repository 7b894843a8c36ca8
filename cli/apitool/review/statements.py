"""IAM statements of a policy document, each as one comparable and readable thing."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.review import shown
from apitool.terraform.document import mapping, text

if TYPE_CHECKING:
    from collections.abc import Mapping


_ANYTHING = re.compile(
    r"^\*$|^arn:[^:]*:(?!logs:)[^:]*:[^:]*:[^:]*:"
    r"(?:\*|table/\*|secret:\*|parameter/\*|function:\*|key/\*|role/\*|user/\*)$"
)
# Actions that AWS takes no ARN for, or none known beforehand ("Actions, resources, and condition keys").
_UNSCOPED = re.compile(
    r"xray:(?:Put|Get)[A-Za-z*]+|cloudwatch:PutMetricData|sts:GetCallerIdentity|ecr:GetAuthorizationToken"
    r"|ec2:(?:Create|Delete|Describe)NetworkInterfaces?|ec2:Describe[A-Za-z*]+"
    r"|ec2:(?:Una|A)ssignPrivateIpAddresses"
    r"|s3:ListAllMyBuckets|logs:CreateLogGroup|logs:(?:CreateLogStream|PutLogEvents)|tag:GetResources"
    r"|dynamodb:List[A-Za-z]+|lambda:ListFunctions|kms:List[A-Za-z]+|appconfig:StartConfigurationSession"
)
_MOST_ACTIONS = 3  # named one by one; more are counted


@dataclass(frozen=True, slots=True, order=True)
class Statement:
    """Lists sorted; `condition` and `principal` as compact JSON, empty when there is none."""

    effect: str
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    principal: str = ""
    condition: str = ""
    negated: bool = False

    @property
    def wildcard(self) -> bool:
        """Allows any action of a service, or an action on anything that can be named."""
        any_action = any(action == "*" or action.endswith(":*") for action in self.actions)
        anything = any(map(_ANYTHING.search, self.resources)) and not all(
            map(_UNSCOPED.fullmatch, self.actions)
        )
        return self.effect == "Allow" and (any_action or anything or self.negated)

    @property
    def words(self) -> str:
        more = len(self.actions) - 1
        actions = f"{self.actions[0]} and {more} more" if more >= _MOST_ACTIONS else ", ".join(self.actions)
        who = f" to {self.principal}" if self.principal else ""
        on = f" on {', '.join(self.resources)}" if self.resources else ""
        when = " under a condition" if self.condition else ""
        return shown.line(f"{self.effect} {'all but ' if self.negated else ''}{actions}{on}{who}{when}")


def read(document: object) -> tuple[Statement, ...]:
    """The statements; none where the document is not known yet, or is no JSON."""
    try:
        policy = json.loads(document) if isinstance(document, str) else document
    except ValueError:
        return ()
    found = mapping(policy).get("Statement")
    records = found if isinstance(found, list) else [found] if found else []
    return tuple(sorted({_statement(mapping(record)) for record in records}))


def _statement(record: Mapping[str, object]) -> Statement:
    negated = "NotAction" in record or "NotResource" in record
    return Statement(
        text(record.get("Effect")),
        _texts(record.get("Action", record.get("NotAction"))),
        _texts(record.get("Resource", record.get("NotResource"))),
        _principal(record.get("Principal")),
        _compact(record.get("Condition")),
        negated,
    )


def _principal(value: object) -> str:
    who = mapping(value)
    if len(who) == 1:
        (only,) = who.values()
        return only if isinstance(only, str) else _compact(only)
    return value if isinstance(value, str) else _compact(value)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(sorted(map(str, value))) if isinstance(value, list) else (text(value),) if value else ()


def _compact(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":")) if value else ""
