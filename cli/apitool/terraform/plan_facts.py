"""What is known of a plan beside its events: the root's variables, and the plan's JSON with the values before
and after. Values are compared, never shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.terraform.document import at, mapping, sequence, text

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """`known` is False when only the events are there. Resources by address."""

    known: bool
    resources: Mapping[str, object]
    variables: Mapping[str, object]

    @classmethod
    def of(cls, variables: Mapping[str, object] | None, details: Mapping[str, object] | None) -> PlanFacts:
        """The variables as given to Terraform, else as the JSON has them."""
        changes = sequence(at(details, "resource_changes"))
        planned = {name: at(value, "value") for name, value in mapping(at(details, "variables")).items()}
        return cls(
            known=details is not None,
            resources={text(at(change, "address")): at(change, "change") for change in changes},
            variables=planned if variables is None else variables,
        )

    @property
    def api(self) -> str:
        return text(at(self.variables, "api", "name"))

    @property
    def stage(self) -> str:
        return text(self.variables.get("stage"))

    @property
    def routes(self) -> dict[str, str]:
        """The declared routes, and the key of the function each leads to."""
        return {
            key: text(at(route, "function")) for key, route in mapping(self.variables.get("routes")).items()
        }

    def before(self, address: str) -> Mapping[str, object]:
        return mapping(at(self.resources.get(address), "before"))

    def after(self, address: str) -> Mapping[str, object]:
        return mapping(at(self.resources.get(address), "after"))

    def changed(self, address: str) -> set[str]:
        """The attributes that get another value known by now; tags only once, without the inherited."""
        before, after = self.before(address), self.after(address)
        return {key for key in after if before.get(key) != after[key]} - {"tags_all"}

    def replaced_for(self, address: str) -> list[str]:
        """The attributes that can't be updated in place."""
        paths = sequence(at(self.resources.get(address), "replace_paths"))
        return [text(path[0]) for path in paths if isinstance(path, list) and path]

    def function_key(self, name: str) -> str:
        """The key in apitool.toml of a function, by its name on AWS."""
        for key, function in mapping(self.variables.get("functions")).items():
            if at(function, "name") == name:
                return key
        return name.removeprefix(f"{self.api}-") if self.api else name
