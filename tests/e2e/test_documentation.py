"""The README's commands run, and every command and option is documented."""

from __future__ import annotations

import re
import shlex

import pytest
import typer.main
from tests.e2e.conftest import ROOT

from apitool.main import app

README = (ROOT / "README.md").read_text()


def blocks(language: str) -> list[list[str]]:
    found = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    return [[line.split("#")[0].strip() for line in block.splitlines() if line.strip()] for block in found]


def documented(group, prefix=()):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from documented(command, (*prefix, name))
        else:
            yield (*prefix, name), command


COMMANDS = dict(documented(typer.main.get_command(app)))


def test_the_two_commands_come_first_and_make_knows_them():
    assert blocks("sh")[0] == ["make up", "make test"]
    makefile = (ROOT / "Makefile").read_text()
    assert re.search(r"^up: .*## ", makefile, re.MULTILINE)
    assert re.search(r"^test: .*## ", makefile, re.MULTILINE)


@pytest.mark.terraform
@pytest.mark.embedded
def test_the_commands_of_the_readme_run_after_up(apitool):
    apitool("up", "--yes")
    commands = [shlex.split(line) for line in blocks("sh")[1]]
    assert len(commands) >= 5
    for program, *arguments in commands:
        assert program == ".venv/bin/apitool"
        apitool(*arguments)


@pytest.mark.parametrize("line", [line for block in blocks("text")[:1] for line in block])
def test_the_commands_for_aws_exist(line):
    program, command, *options = shlex.split(line)
    known = {option for parameter in COMMANDS[(command,)].params for option in parameter.opts}
    assert program == "apitool"
    assert {option for option in options if option.startswith("--")} <= known


@pytest.mark.parametrize("name", COMMANDS, ids=" ".join)
def test_every_command_has_a_help_text_and_stands_in_the_docs(name):
    text = (ROOT / "docs/commands.md").read_text()
    assert COMMANDS[name].help
    assert name[-1] in text
    assert f"apitool {name[0]}" in text


def test_every_option_is_documented():
    text = (ROOT / "docs/commands.md").read_text()
    options = {
        max(parameter.opts, key=len)
        for command in COMMANDS.values()
        for parameter in command.params
        if parameter.opts and parameter.opts[0].startswith("-")
    }
    missing = sorted(option for option in options - {"--help"} if option not in text)
    assert not missing
