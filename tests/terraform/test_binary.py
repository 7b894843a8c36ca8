"""Which Terraform is taken, and what is said of those that will not do."""

from __future__ import annotations

import json
import os
import time

import pytest

from apitool.errors import ApitoolError, UsageError
from apitool.terraform import binary, version


def answering(name: str = "1.11.4", product: str = "Terraform") -> str:
    """A program that answers `version` as Terraform or OpenTofu does."""
    document = {"terraform_version": name, "platform": "linux_amd64", "provider_selections": {}}
    if product == "Terraform":
        document["terraform_outdated"] = False
    return (
        "import sys, json, pathlib\n"
        "pathlib.Path(__file__ + '.asked').open('a').write('x')\n"
        f"print(json.dumps({document!r}) if '-json' in sys.argv else '{product} v{name}\\non linux_amd64')\n"
    )


@pytest.fixture
def on_path(script, tmp_path):
    def put(body: str):
        path = script(body)
        return path, {"PATH": f"{tmp_path / 'empty'}:{path.parent}"}

    return put


@pytest.mark.parametrize("name", ["1.11.0", "1.11.4", "1.14.9", "1.12.0-rc1"])
def test_a_terraform_in_range_will_do(on_path, tmp_path, name):
    path, environ = on_path(answering(name))
    assert binary.find(tmp_path, environ) == binary.Binary(path, name)


WRONG = [
    (answering("1.5.7"), "is Terraform 1.5.7"),
    (answering("1.10.9"), "is Terraform 1.10.9"),
    (answering("2.0.0"), "is Terraform 2.0.0"),
    (answering("1.11.1", "OpenTofu"), "is OpenTofu 1.11.1, which is another product"),
    ("print('hello')", "answers `version -json` with hello: it is no Terraform"),
    ("", "answers `version -json` with nothing: it is no Terraform"),
    ("print('[]')", "answers `version -json` with []: it is no Terraform"),
    ("print('{}')", "without a version"),
    ("raise SystemExit(3)", "fails on `version -json` with exit code 3"),
    ("print('\\x1b[2J')", "\\x1b[2J"),
]


@pytest.mark.parametrize(("body", "said"), WRONG, ids=[said for _, said in WRONG])
def test_what_is_wrong_is_said(on_path, tmp_path, body, said):
    path, environ = on_path(body)
    with pytest.raises(ApitoolError, match="no Terraform >= 1") as caught:
        binary.find(tmp_path, environ)
    problem = caught.value.problems[0]
    assert f"`{path}`" in problem.seen
    assert said in problem.seen
    assert "apitool.terraform.release" in problem.fix


def test_one_that_is_missing(tmp_path):
    with pytest.raises(ApitoolError) as caught:
        binary.find(tmp_path, {"PATH": str(tmp_path)})
    assert "no `terraform` in" in caught.value.problems[0].seen


def test_one_that_is_not_executable(on_path, tmp_path):
    path, environ = on_path(answering())
    path.chmod(0o644)
    with pytest.raises(ApitoolError) as caught:
        binary.find(tmp_path, environ)
    assert "is not executable" in caught.value.problems[0].seen


def test_one_for_another_machine(on_path, tmp_path):
    path, environ = on_path("")
    path.write_bytes(b"\x7fELF\x02 of another machine")
    with pytest.raises(ApitoolError) as caught:
        binary.find(tmp_path, environ)
    assert "can't be started" in caught.value.problems[0].seen


def test_one_that_hangs_is_given_up_and_its_children_with_it(on_path, tmp_path, monkeypatch):
    monkeypatch.setattr(version, "TIMEOUT", 0.5)
    _, environ = on_path(
        "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    )
    begun = time.monotonic()
    with pytest.raises(ApitoolError) as caught:
        binary.find(tmp_path, environ)
    assert "does not answer `version`" in caught.value.problems[0].seen
    assert time.monotonic() - begun < 10


def test_the_named_one_goes_first_and_must_do(script, on_path, tmp_path):
    named = script(answering("1.13.0"), name="mine")
    _, environ = on_path(answering())
    assert binary.find(tmp_path, environ | {"APITOOL_TERRAFORM": str(named)}).version == "1.13.0"
    script(answering("1.0.0"), name="mine")
    with pytest.raises(UsageError, match="APITOOL_TERRAFORM") as caught:
        binary.find(tmp_path, environ | {"APITOOL_TERRAFORM": str(named)})
    assert "1.0.0" in caught.value.problems[0].seen


@pytest.mark.parametrize("name", ["ghost", "."])
def test_a_named_one_that_is_no_file(on_path, tmp_path, name):
    _, environ = on_path(answering())
    with pytest.raises(UsageError):
        binary.find(tmp_path, environ | {"APITOOL_TERRAFORM": str(tmp_path / name)})


def test_the_projects_tools_go_before_the_path(on_path, tmp_path):
    path, environ = on_path(answering("1.12.0"))
    tools = tmp_path / "project" / ".tools"
    tools.mkdir(parents=True)
    (tools / "terraform").write_text(path.read_text())
    (tools / "terraform").chmod(0o755)
    assert binary.find(tmp_path / "project", environ).path == tools / "terraform"


def test_an_old_one_first_on_the_path_does_not_hide_a_good_one(on_path, tmp_path):
    path, environ = on_path(answering("1.11.4"))
    old = tmp_path / "old" / "terraform"
    old.parent.mkdir()
    old.write_text(f"#!{os.sys.executable}\n{answering('1.5.0')}")
    old.chmod(0o755)
    assert binary.find(tmp_path, {"PATH": f"{old.parent}:{environ['PATH']}"}).path == path


def test_the_version_is_asked_once_as_long_as_the_file_is_the_same(on_path, tmp_path):
    path, environ = on_path(answering("1.11.4"))
    asked = path.with_name("terraform.asked")
    cache = tmp_path / "cache" / "terraform.json"
    for _ in range(3):
        binary.find(tmp_path, environ, cache)
    assert asked.read_text() == "x"
    path.write_text(path.read_text().replace("1.11.4", "1.12.5"))
    assert binary.find(tmp_path, environ, cache).version == "1.12.5"
    assert asked.read_text() == "xx"


@pytest.mark.parametrize("content", ["", "[]", "{", json.dumps({"x": {"product": 1}})])
def test_a_broken_cache_is_no_trouble(on_path, tmp_path, content):
    _, environ = on_path(answering())
    cache = tmp_path / "cache.json"
    cache.write_text(content)
    assert binary.find(tmp_path, environ, cache).version == "1.11.4"


def test_terraforms_own_settings_do_not_reach_the_question(on_path, tmp_path, monkeypatch):
    monkeypatch.setenv("TF_CLI_ARGS", "-nonsense")
    _, environ = on_path("import os\nassert 'TF_CLI_ARGS' not in os.environ\n" + answering())
    assert binary.find(tmp_path, environ).version == "1.11.4"


@pytest.mark.terraform
def test_the_real_one(terraform, tmp_path):
    found = binary.find(tmp_path, {"APITOOL_TERRAFORM": str(terraform)})
    assert found.version.startswith("1.")
