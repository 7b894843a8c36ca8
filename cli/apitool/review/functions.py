"""What a function is called: its key in apitool.toml or in a map of modules, else its name on AWS."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apitool.review import addresses
from apitool.terraform.document import at, mapping, text

if TYPE_CHECKING:
    from apitool.review.plan_document import PlanDocument, ResourceChange
    from apitool.review.references import References

FUNCTION = "aws_lambda_function"
_ALIAS = "aws_lambda_alias"
_ARN = re.compile(r":function:([^:/]+)")


class Functions:
    """The functions of one plan. `after`: what refers to one whose name or ARN is not known yet."""

    def __init__(self, plan: PlanDocument, after: References) -> None:
        self._plan = plan
        self._after = after
        self._labels: dict[str, str] = {}
        for change in plan.of_type(FUNCTION):
            for values in (change.before, change.after):
                name = text(values.get("function_name"))
                self._labels.setdefault(name, addresses.key(change.address) or name)

    def label(self, name_or_arn: str) -> str:
        """Of a function by its name, its ARN, or an integration's URI with the ARN in it."""
        found = _ARN.search(name_or_arn)
        name = found[1] if found else name_or_arn.partition(":")[0]
        return self._labels.get(name) or self._of_apitool(name)

    def invoked(self, change: ResourceChange, attribute: str) -> str:
        """By an attribute whose value is not known yet; empty when the configuration names none."""
        target = self._after.target(change, attribute, (FUNCTION, _ALIAS))
        if target is None:
            return ""
        if target.type == _ALIAS and not text(target.after.get("function_name")):
            return self.invoked(target, "function_name")
        return self.label(text(target.after.get("function_name")))

    def of(self, change: ResourceChange) -> str:
        """The function that a permission, an alias or a function's own record is about."""
        values = change.after or change.before
        name = text(values.get("function_name"))
        if name:
            return self.label(name)
        key = addresses.key(change.address)  # where a local hands the name on, which no plan says
        return self.invoked(change, "function_name") or (key if key in self._labels.values() else "")

    def _of_apitool(self, name: str) -> str:
        """By apitool's own variables, where the plan does not say what stays as it is."""
        for key, function in mapping(self._plan.variables.get("functions")).items():
            if at(function, "name") == name:
                return key
        return name.removeprefix(f"{text(at(self._plan.variables, 'api', 'name'))}-")
