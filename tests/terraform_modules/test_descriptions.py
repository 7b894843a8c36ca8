"""Variables and outputs say what they are, and stand in alphabetical order. Read without Terraform."""

from __future__ import annotations

import re

import pytest
from tests.terraform_modules.copied import SOURCE

FILES = sorted(path for path in SOURCE.glob("**/*.tf") if ".terraform" not in path.parts)
BLOCK = re.compile(r'^(variable|output) "(\w+)" \{\n(.*?)^\}', re.MULTILINE | re.DOTALL)


def blocks(file):
    """(kind, name, body) of each variable and output; `terraform fmt` puts closing braces in column one."""
    return BLOCK.findall(file.read_text())


def relative(file):
    return str(file.relative_to(SOURCE))


WITH_BLOCKS = [file for file in FILES if blocks(file)]


def test_the_scan_sees_every_variable_and_output():
    opened = sum(
        len(re.findall(r"^\s*(?:variable|output)\s", file.read_text(), re.MULTILINE)) for file in FILES
    )
    assert sum(len(blocks(file)) for file in FILES) == opened > 60


@pytest.mark.parametrize("file", WITH_BLOCKS, ids=relative)
def test_variables_and_outputs_are_described(file):
    undescribed = [
        name
        for _, name, body in blocks(file)
        if not re.search(r'^  description\s*= ".{10,}"$', body, re.MULTILINE)
    ]
    assert undescribed == []


@pytest.mark.parametrize("file", WITH_BLOCKS, ids=relative)
def test_variables_are_typed(file):
    untyped = [
        name
        for kind, name, body in blocks(file)
        if kind == "variable" and not re.search(r"^  type\s*= (?!any\b)", body, re.MULTILINE)
    ]
    assert untyped == []


@pytest.mark.parametrize("file", WITH_BLOCKS, ids=relative)
@pytest.mark.parametrize("kind", ["variable", "output"])
def test_they_stand_in_alphabetical_order(file, kind):
    names = [name for found, name, _ in blocks(file) if found == kind]
    assert names == sorted(names)


@pytest.mark.parametrize("file", FILES, ids=relative)
def test_a_validation_states_what_was_seen(file):
    messages = re.findall(r"^ +error_message = (.*)$", file.read_text(), re.MULTILINE)
    assert [message for message in messages if "${" not in message] == []


def test_no_account_endpoint_or_key_is_written_down():
    """The provider gets those from its environment: the same files run against AWS and the embedded one."""
    text = "\n".join(file.read_text() for file in FILES)
    assert re.findall(r"\bendpoints\s*\{|access_key|secret_key|\b\d{12}\b", text) == []


def test_nothing_is_used_that_opentofu_lacks():
    """Ephemeral blocks and values, write-only arguments, functions of providers, actions."""
    text = "\n".join(re.sub(r"#.*$", "", file.read_text(), flags=re.MULTILINE) for file in FILES)
    blocks = r'^(?:ephemeral|action) "|\bephemeral\s*=|\bephemeral\.'
    others = r"_wo(?:_version)?\s*=|\bprovider::|\bephemeralasnull\("
    alone = f"{blocks}|{others}"
    assert re.findall(alone, text, re.MULTILINE) == []


def test_both_roots_pin_the_provider_for_all_platforms():
    locks = [(SOURCE / root / ".terraform.lock.hcl").read_text() for root in ("account", "api")]
    assert locks[0] == locks[1]
    assert len(re.findall(r'"h1:', locks[0])) >= 10  # one a platform


@pytest.mark.parametrize("module", sorted((SOURCE / "modules").iterdir()), ids=lambda module: module.name)
def test_what_a_readme_shows_is_part_of_an_example_that_is_planned(module):
    shown = re.findall(r"```hcl\n(.*?)```", (module / "README.md").read_text(), re.DOTALL)
    examples = [file.read_text() for file in SOURCE.glob("modules/*/examples/*/main.tf")]
    assert shown
    assert [code for code in shown if not any(code in example for example in examples)] == []
    tests = module / "tests" / "examples.tftest.hcl"
    planned = tests.read_text() if tests.exists() else ""
    unplanned = [
        folder.name for folder in module.glob("examples/*") if f'"./examples/{folder.name}"' not in planned
    ]
    assert unplanned == []


def test_links_in_readmes_lead_somewhere():
    links = [
        (file, target)
        for file in SOURCE.glob("modules/*/README.md")
        for target in re.findall(r"\]\(([^)]+)\)", file.read_text())
    ]
    assert links
    assert [(relative(file), target) for file, target in links if not (file.parent / target).exists()] == []
