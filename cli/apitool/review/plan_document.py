"""Terraform's plan as `terraform show -json` gives it: one record a resource that changes, or stays."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apitool.errors import UsageError
from apitool.review.change import Verb
from apitool.terraform.document import at, mapping, sequence, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_PLAN_ONLY = {"resource_changes", "output_changes", "planned_values", "configuration", "errored"}
_MAJOR = "1."  # of `format_version`; a new major version may mean something else by the same keys
_VERBS = {
    ("create",): Verb.ADD,
    ("update",): Verb.CHANGE,
    ("delete",): Verb.REMOVE,
    ("delete", "create"): Verb.REPLACE,
    ("create", "delete"): Verb.REPLACE,
    ("create", "forget"): Verb.REPLACE,
}


@dataclass(frozen=True, slots=True)
class ResourceChange:
    """`verb` None: it stays as it is.

    `unknown` and `sensitive` mirror the values, with True where it holds. `known`: they are there, not only
    what happens. `moved_from`: its address so far. `imported`: it is there already, under this id.
    `forgotten`: it stays where it is, and Terraform no longer looks after it. `reason`: Terraform's word for
    why it is made anew.
    """

    address: str
    type: str
    verb: Verb | None
    before: Mapping[str, object]
    after: Mapping[str, object]
    unknown: Mapping[str, object]
    sensitive: tuple[object, object]
    replaced_for: tuple[str, ...] = ()
    moved_from: str = ""
    imported: str = ""
    forgotten: bool = False
    reason: str = ""
    known: bool = True

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
    """`configuration` says which resource an attribute refers to, when its value is not known yet.

    `data`: values of data sources, by address. `leftovers`: objects of an earlier apply that did not finish.
    `errored`: Terraform stopped in the middle. `deferred`: what it left to a later plan, and why.
    `failed_checks`: addresses of `check` blocks, conditions and assertions that do not hold.
    """

    changes: tuple[ResourceChange, ...]
    outputs: Mapping[str, object]
    drift: tuple[ResourceChange, ...]
    configuration: Mapping[str, object]
    variables: Mapping[str, object]
    terraform_version: str = ""
    data: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    leftovers: tuple[ResourceChange, ...] = ()
    errored: bool = False
    deferred: tuple[tuple[str, str], ...] = ()
    failed_checks: tuple[str, ...] = ()

    def of_type(self, *types: str) -> tuple[ResourceChange, ...]:
        return tuple(change for change in self.changes if change.type in types)


def read(document: object) -> PlanDocument:
    """The plan in `document`.

    Raises:
        UsageError: this is no plan's JSON, or of a format not known here.
    """
    version = text(at(document, "format_version"))
    if not version or not _PLAN_ONLY & mapping(document).keys():
        seen = "the JSON of a state" if at(document, "values") else f"format_version {version or 'missing'}"
        _refuse("this is not the JSON of a Terraform plan", seen)
    if not version.startswith(_MAJOR):
        _refuse("the plan's format is not known here", f"format_version {version}")
    records = [
        record for record in sequence(at(document, "resource_changes")) if at(record, "mode") != "data"
    ]
    return PlanDocument(
        changes=_changes(record for record in records if not at(record, "deposed")),
        outputs=mapping(at(document, "output_changes")),
        drift=_changes(sequence(at(document, "resource_drift"))),
        configuration=mapping(at(document, "configuration")),
        variables={name: at(given, "value") for name, given in mapping(at(document, "variables")).items()},
        terraform_version=text(at(document, "terraform_version")),
        data=dict(_data(mapping(at(document, "prior_state", "values", "root_module")))),
        leftovers=_changes(record for record in records if at(record, "deposed")),
        errored=at(document, "errored") is True,
        deferred=tuple(sorted(map(_deferral, sequence(at(document, "deferred_changes"))))),
        failed_checks=tuple(sorted(_failed(sequence(at(document, "checks"))))),
    )


def _refuse(what: str, seen: str) -> None:
    raise UsageError(what, seen=seen, fix="terraform show -json FILE > plan.json, and review that")


def _changes(records: Iterable[object]) -> tuple[ResourceChange, ...]:
    return tuple(sorted(map(_change, records), key=lambda change: change.address))


def _change(record: object) -> ResourceChange:
    change = at(record, "change")
    actions = tuple(map(text, sequence(at(change, "actions"))))
    paths = sequence(at(change, "replace_paths"))
    before = mapping(at(change, "before"))
    forgotten = actions == ("forget",)
    return ResourceChange(
        address=text(at(record, "address")),
        type=text(at(record, "type")),
        verb=_VERBS.get(actions),
        before=before,
        after=before if forgotten else mapping(at(change, "after")),
        unknown=mapping(at(change, "after_unknown")),
        sensitive=(at(change, "before_sensitive"), at(change, "after_sensitive")),
        replaced_for=tuple(sorted({text(path[0]) for path in paths if isinstance(path, list) and path})),
        moved_from=text(at(record, "previous_address")),
        imported=text(at(change, "importing", "id")) or ("yes" if at(change, "importing") else ""),
        forgotten=forgotten,
        reason=text(at(record, "action_reason")),
    )


def _data(module: Mapping[str, object]) -> Iterator[tuple[str, Mapping[str, object]]]:
    for resource in sequence(module.get("resources")):
        if at(resource, "mode") == "data":
            yield text(at(resource, "address")), mapping(at(resource, "values"))
    for child in sequence(module.get("child_modules")):
        yield from _data(mapping(child))


def _deferral(record: object) -> tuple[str, str]:
    return text(at(record, "resource_change", "address")), text(at(record, "reason"))


def _failed(checks: Iterable[object]) -> Iterator[str]:
    for check in checks:
        if at(check, "status") == "fail":
            yield text(at(check, "address", "to_display"))


def _marked(marks: object) -> bool:
    if isinstance(marks, list):
        return any(map(_marked, marks))
    return marks is True or any(map(_marked, mapping(marks).values()))
