"""What the configuration in a plan refers to, followed through variables and outputs of modules.

Terraform writes the references of each expression, not the expression: `["var.parent_id"]`. Locals are not
in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.review import addresses
from apitool.terraform.document import at, mapping, sequence, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DEEPEST = 20  # modules a value is handed through; more is a loop


class Expressions:
    """`configuration`: the plan's."""

    def __init__(self, configuration: Mapping[str, object]) -> None:
        self._modules: dict[str, Mapping[str, object]] = {}  # by bare address, `module.a.module.b.`
        self._calls: dict[str, Mapping[str, object]] = {}
        self._resources: dict[str, Mapping[str, object]] = {}
        self._learn(mapping(configuration.get("root_module")), "")

    def _learn(self, module: Mapping[str, object], prefix: str) -> None:
        self._modules[prefix] = module
        for resource in sequence(module.get("resources")):
            self._resources[f"{prefix}{text(at(resource, 'address'))}"] = mapping(resource)
        for name, call in mapping(module.get("module_calls")).items():
            inner = f"{prefix}module.{name}."
            self._calls[inner] = mapping(call)
            self._learn(mapping(at(call, "module")), inner)

    def referenced(self, address: str, attribute: str) -> tuple[str, ...]:
        """Whole addresses with the attribute referred to, e.g. `module.a["x"].aws_y.z.id`; best first."""
        resource = self._resources.get(addresses.bare(address), {})
        module = addresses.module_of(address)
        found = self._followed(at(resource, "expressions", attribute), resource, module, 0)
        return tuple(dict.fromkeys(found))

    def _followed(
        self, expression: object, holder: Mapping[str, object], module: str, depth: int
    ) -> Iterator[str]:
        """`holder`: the resource or module call whose `for_each` an `each.value` means."""
        if depth > _DEEPEST:
            return
        for reference in map(text, sequence(at(expression, "references"))):
            kind, _, rest = reference.partition(".")
            if kind == "each":
                yield from self._followed(holder.get("for_each_expression"), {}, module, depth + 1)
            elif kind == "var":
                yield from self._handed_in(rest, module, depth)
            elif kind == "module":
                yield from self._handed_out(reference, module, depth)
            elif kind not in {"local", "path", "terraform", "count", "self"}:
                yield f"{module}{_resource(reference)}"
                if reference.endswith(".root_resource_id"):
                    yield f"{module}{reference}"

    def _handed_in(self, name: str, module: str, depth: int) -> Iterator[str]:
        call = self._calls.get(addresses.bare(module))
        if call is not None:
            outer = _outer(module)
            name = addresses.parts(name)[0]
            yield from self._followed(at(call, "expressions", name), call, outer, depth + 1)

    def _handed_out(self, reference: str, module: str, depth: int) -> Iterator[str]:
        """`module.a["x"].id`, the output `id` of that module."""
        named = addresses.parts(reference)
        inner = f"{module}{'.'.join(named[:2])}."
        outputs = mapping(self._modules.get(addresses.bare(inner), {}).get("outputs"))
        output = outputs.get(addresses.bare(named[2])) if len(named) > 2 else None  # noqa: PLR2004 - module.name.output
        yield from self._followed(at(output, "expression"), {}, inner, depth + 1)


def _resource(reference: str) -> str:
    """`aws_y.z["k"].id` as `aws_y.z["k"]`, a data source with its `data.`"""
    named = addresses.parts(reference)
    return ".".join(named[: 3 if named[0] == "data" else 2])


def _outer(module: str) -> str:
    """The module around `module.a["x"].module.b.`, with its dot."""
    named = addresses.parts(module)
    outer = ".".join(named[:-2])
    return f"{outer}." if outer else ""
