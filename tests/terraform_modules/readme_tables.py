"""The tables of inputs and outputs in the modules' READMEs, made from the modules themselves: `make docs`."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import hcl2
from tests.terraform_modules.copied import SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BEGIN, END = "<!-- Made by `make docs` from variables and outputs. -->", "<!-- End of what is made. -->"
_MARKED = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.DOTALL)
_OBJECT = re.compile(r"object\(\{(.*)\}\)", re.DOTALL)


def modules() -> list[Path]:
    return sorted(path.parent for path in SOURCE.glob("modules/*/versions.tf"))


def readme(module: Path) -> str:
    """The README with its tables as they have to be. Raises ValueError when it has no place for them."""
    text = (module / "README.md").read_text(encoding="utf-8")
    if not _MARKED.search(text):
        raise ValueError(f"{module.name}/README.md lacks the lines\n{BEGIN}\n{END}")
    made = f"{BEGIN}\n\n{tables(module)}\n\n{END}"
    return _MARKED.sub(lambda _: made, text)


def tables(module: Path) -> str:
    inputs = [_input(name, block) for name, block in _blocks(module, "variable")]
    outputs = [
        f"| `{name}` | {_cell(_text(block['description']))} |" for name, block in _blocks(module, "output")
    ]
    return "\n".join(
        [
            "### Inputs\n",
            "| name | type | default | meaning |",
            "|---|---|---|---|",
            *inputs,
            "\n### Outputs\n",
            "| name | meaning |",
            "|---|---|",
            *outputs,
        ]
    )


def _blocks(module: Path, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and attributes of each block of a kind, by name."""
    found = {
        name.strip('"'): block
        for file in module.glob("*.tf")
        for each in hcl2.loads(file.read_text(encoding="utf-8")).get(kind, [])
        for name, block in each.items()
    }
    yield from sorted(found.items())


def _input(name: str, block: dict[str, Any]) -> str:
    type_text = _expression(block["type"])
    attributes = [f"`{attribute}`" for attribute in _attributes(type_text)]
    meaning = _text(block["description"]) + (
        f"<br>Attributes: {', '.join(attributes)}." if attributes else ""
    )
    default = f"`{_value(block['default'])}`" if "default" in block else "required"
    return f"| `{name}` | `{_OBJECT.sub('object', type_text)}` | {_cell(default)} | {_cell(meaning)} |"


def _attributes(type_text: str) -> list[str]:
    """Attributes of the outermost object, those that may be left out with a `?`."""
    found = _OBJECT.search(type_text)
    return [] if found is None else [_attribute(part) for part in _split(found[1])]


def _attribute(part: str) -> str:
    name, _, type_text = part.partition("=")
    return name.strip() + ("?" if type_text.strip().startswith("optional(") else "")


def _split(text: str) -> list[str]:
    """At the commas that stand in no bracket."""
    parts, depth = [""], 0
    for character in text:
        depth += (character in "({[") - (character in ")}]")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts if part.strip()]


def _expression(value: str) -> str:
    return value.removeprefix("${").removesuffix("}") if value.startswith("${") else value


def _text(value: str) -> str:
    """A string of HCL's, without its quotes and escapes."""
    return str(json.loads(value))


def _value(value: Any) -> str:
    """A default as HCL writes it."""
    match value:
        case str() if value.startswith('"'):
            return value
        case str():
            return _expression(value)
        case _:
            return json.dumps(value)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    for each in modules():
        (each / "README.md").write_text(readme(each), encoding="utf-8", newline="\n")
