"""Terraform's plan as `terraform show -json` gives it: one record a resource that changes, or stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.errors import UsageError
from apitool.terraform.change import Verb
from apitool.terraform.document import at, mapping, sequence, text

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAJOR = "1."  # of `format_version`; a new major version may mean something else by the same keys
_VERBS = {
    ("create",): Verb.ADD,
    ("update",): Verb.CHANGE,
    ("delete",): Verb.REMOVE,
    ("forget",): Verb.REMOVE,
    ("delete", "create"): Verb.REPLACE,
    ("create", "delete"): Verb.REPLACE,
    ("create", "forget"): Verb.REPLACE,
}


@dataclass(frozen=True, slots=True)
class ResourceChange:
    """`verb` None: it stays as it is. `unknown` and `sensitive` mirror the values, with True where it holds.

    `key` is the instance's own: `orders` in `module.function["orders"].aws_lambda_function.this`.
    """

    address: str
    type: str
    verb: Verb | None
    before: Mapping[str, object]
    after: Mapping[str, object]
    unknown: Mapping[str, object]
    sensitive: tuple[object, object]
    replaced_for: tuple[str, ...] = ()

    @property
    def changed(self) -> set[str]:
        """The attributes that get another value, or one that is known only after the apply."""
        known = {key for key in self.before.keys() | self.after.keys() if self._differs(key)}
        unknown = {key for key, value in self.unknown.items() if value is True}
        return (known | unknown) if self.verb is not Verb.REMOVE else known

    def _differs(self, key: str) -> bool:
        return self.before.get(key) != self.after.get(key) and self.unknown.get(key) is not True

    def is_sensitive(self, attribute: str) -> bool:
        """Whether Terraform marks the attribute, or something in it, as sensitive."""
        return any(_marked(at(marks, attribute)) or marks is True for marks in self.sensitive)


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """`configuration` says which resource an attribute refers to, when its value is not known yet."""

    changes: tuple[ResourceChange, ...]
    outputs: Mapping[str, object]
    drift: tuple[ResourceChange, ...]
    configuration: Mapping[str, object]
    variables: Mapping[str, object]
    terraform_version: str = ""

    def of_type(self, *types: str) -> tuple[ResourceChange, ...]:
        return tuple(change for change in self.changes if change.type in types)


def read(document: object) -> PlanDocument:
    """The plan in `document`.

    Raises:
        UsageError: this is no plan's JSON, or of a format not known here.
    """
    version = text(at(document, "format_version"))
    if not version or (at(document, "resource_changes") is None and at(document, "output_changes") is None):
        _refuse("this is not the JSON of a Terraform plan", f"format_version {version or 'missing'}")
    if not version.startswith(_MAJOR):
        _refuse("the plan's format is not known here", f"format_version {version}")
    return PlanDocument(
        changes=_changes(at(document, "resource_changes")),
        outputs=mapping(at(document, "output_changes")),
        drift=_changes(at(document, "resource_drift")),
        configuration=mapping(at(document, "configuration")),
        variables={name: at(given, "value") for name, given in mapping(at(document, "variables")).items()},
        terraform_version=text(at(document, "terraform_version")),
    )


def _refuse(what: str, seen: str) -> None:
    raise UsageError(what, seen=seen, fix="terraform show -json FILE > plan.json, and review that")


def _changes(records: object) -> tuple[ResourceChange, ...]:
    managed = (record for record in sequence(records) if at(record, "mode") != "data")
    return tuple(sorted(map(_change, managed), key=lambda change: change.address))


def _change(record: object) -> ResourceChange:
    change = at(record, "change")
    actions = tuple(map(text, sequence(at(change, "actions"))))
    paths = sequence(at(change, "replace_paths"))
    return ResourceChange(
        address=text(at(record, "address")),
        type=text(at(record, "type")),
        verb=_VERBS.get(actions),
        before=mapping(at(change, "before")),
        after=mapping(at(change, "after")),
        unknown=mapping(at(change, "after_unknown")),
        sensitive=(at(change, "before_sensitive"), at(change, "after_sensitive")),
        replaced_for=tuple(sorted({text(path[0]) for path in paths if isinstance(path, list) and path})),
    )


def _marked(marks: object) -> bool:
    if isinstance(marks, list):
        return any(map(_marked, marks))
    return marks is True or any(map(_marked, mapping(marks).values()))
