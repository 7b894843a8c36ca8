"""A module's README lists the inputs and outputs the module has."""

from __future__ import annotations

import pytest
from tests.terraform_modules import readme_tables


@pytest.mark.parametrize("module", readme_tables.modules(), ids=lambda module: module.name)
def test_the_tables_are_those_of_the_module(module):
    """When they are not: `make docs`."""
    assert (module / "README.md").read_text(encoding="utf-8") == readme_tables.readme(module)


def test_a_table_says_type_default_and_attributes(tmp_path):
    (tmp_path / "variables.tf").write_text(
        'variable "b" {\n  description = "A | b."\n'
        "  type = map(object({ x = string, y = optional(list(string), []) }))\n}\n"
        'variable "a" {\n  description = "First."\n  type = bool\n  default = false\n}\n'
    )
    (tmp_path / "outputs.tf").write_text('output "o" {\n  description = "Out."\n  value = 1\n}\n')
    assert readme_tables.tables(tmp_path).splitlines() == [
        "### Inputs",
        "",
        "| name | type | default | meaning |",
        "|---|---|---|---|",
        "| `a` | `bool` | `false` | First. |",
        "| `b` | `map(object)` | required | A \\| b.<br>Attributes: `x`, `y?`. |",
        "",
        "### Outputs",
        "",
        "| name | meaning |",
        "|---|---|",
        "| `o` | Out. |",
    ]
