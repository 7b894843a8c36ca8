"""A plan made in one checkout and applied in another: exactly that, once, or refused with what moved.

The tests are steps of one story and run in order, in one worker (`--dist loadfile`).
"""

from __future__ import annotations

import json
import re
import shutil
import stat
import sys

import pytest
from tests.e2e.conftest import new_project

pytestmark = [pytest.mark.terraform, pytest.mark.embedded, pytest.mark.slow]

CANARIES = {"environment": "canary-env-5b1c77", "stage variable": "canary-var-90ad1e"}
PROD = ("--stage", "prod", "--local")
# Says it is another version, and ends with an error whenever it is asked for anything else.
OTHER_TERRAFORM = """#!{python}
import json, sys
if sys.argv[1] != "version":
    sys.exit("another Terraform was started")
print(json.dumps({{"terraform_version": "1.12.2", "platform": "linux_amd64"}}))
"""


@pytest.fixture(scope="module")
def planned(apitool, tmp_path_factory):
    """The checkout that plans, and what it printed."""
    toml = apitool.folder / "apitool.toml"
    text = toml.read_text().replace("{ LOG_LEVEL", f'{{ PASSPHRASE = "{CANARIES["environment"]}", LOG_LEVEL')
    toml.write_text(
        text.replace("[stages.prod]", f'[stages.prod]\nvariables.color = "{CANARIES["stage variable"]}"')
    )
    file = tmp_path_factory.mktemp("artifact") / "prod.bundle"
    return file, apitool.json("plan", *PROD, "--out", str(file))


@pytest.fixture(scope="module")
def bundle(planned):
    return planned[0]


@pytest.fixture(scope="module")
def elsewhere(apitool, planned, tmp_path_factory):
    """Another checkout of the same commit, before the same AWS. It has built nothing."""
    line = new_project(tmp_path_factory.mktemp("elsewhere") / "checkout")
    shutil.copy(apitool.folder / "apitool.toml", line.folder)
    (line.folder / ".apitool").mkdir()
    (line.folder / ".apitool" / "local").symlink_to(apitool.folder / ".apitool" / "local")
    assert planned[1]["changes"]
    return line


@pytest.fixture
def refused(elsewhere, bundle):
    """`up --plan` in the other checkout: refused, and why."""

    def ended(*options, file=bundle):
        problems = elsewhere.json("up", *PROD, "--yes", "--plan", str(file), *options, exits=6)["error"][
            "problems"
        ]
        assert not (elsewhere.folder / ".apitool/embedded/stages").exists(), "Terraform was started"
        return [(problem["what"], problem["seen"]) for problem in problems]

    return ended


def with_more_memory(toml):
    return re.sub(r"(?m)^(memory *= )256", r"\g<1>512", toml.read_text())


@pytest.fixture
def toml(elsewhere):
    file = elsewhere.folder / "apitool.toml"
    text = file.read_text()
    yield file
    file.write_text(text)


def test_the_bundle_is_private_and_names_its_change(planned):
    file, said = planned
    assert stat.filemode(file.stat().st_mode) == "-rw-------"
    assert re.fullmatch("[0-9a-f]{64}", said["fingerprint"])
    assert {"action": "add", "kind": "route", "name": "GET /orders"}.items() <= said["changes"][1].items()


def test_a_review_reads_the_bundle_without_terraform_and_has_the_same_fingerprint(elsewhere, planned):
    file, said = planned
    elsewhere.environment = {"APITOOL_TERRAFORM": "/none"}
    try:
        review = elsewhere.json("review", str(file))
    finally:
        elsewhere.environment = {}
    assert review["fingerprint"] == said["fingerprint"]
    assert review["title"] == "orders/prod"
    told = json.dumps(review["changes"])
    assert "GET /orders/{orderId}" in told
    assert "known after apply" not in json.dumps(
        [each for each in review["changes"] if each["kind"] == "route"]
    )


def test_other_code_is_refused(refused, elsewhere):
    source = elsewhere.folder / "lambda_src/orders/app.py"
    kept = source.read_text()
    source.write_text(f"{kept}\n# more\n")
    try:
        assert refused() == [("the code of `orders` is not what was planned", "another source")]
    finally:
        source.write_text(kept)


def test_another_configuration_is_refused_by_its_parts(refused, toml):
    toml.write_text(with_more_memory(toml).replace("[api]", '"GET /new" = "orders"\n\n[api]'))
    assert refused() == [("the configuration is not what was planned", "other now: functions, routes")]


def test_another_value_of_an_environment_is_another_configuration(refused, toml):
    toml.write_text(toml.read_text().replace(CANARIES["environment"], "canary-env-5b1c78"))
    assert refused() == [("the configuration is not what was planned", "other now: functions")]


def test_another_terraform_is_refused_and_not_started(refused, elsewhere, tmp_path):
    program = tmp_path / "terraform"
    program.write_text(OTHER_TERRAFORM.format(python=sys.executable))
    program.chmod(0o755)
    elsewhere.environment = {"APITOOL_TERRAFORM": str(program)}
    try:
        assert refused() == [
            ("the plan was made with other tools", "Terraform 1.11.4 when planned, 1.12.2 now")
        ]
    finally:
        elsewhere.environment = {}


def test_an_old_plan_is_refused(refused):
    ((what, seen),) = refused("--max-age", "1s")
    assert what.startswith("the plan is too old")
    assert "the limit is 1s" in seen


def test_another_stage_is_refused(elsewhere, bundle):
    ended = elsewhere("up", "--stage", "dev", "--yes", "--plan", str(bundle), exits=6)
    assert "stage prod when planned, dev now" in ended.stderr


def test_a_bundle_that_was_cut_or_changed_is_refused(refused, bundle, tmp_path):
    content = bundle.read_bytes()
    middle = len(content) // 2
    for spoiled in (content[:middle], content[:middle] + b"x" + content[middle + 1 :]):
        (tmp_path / "spoiled").write_bytes(spoiled)
        ((what, _),) = refused(file=tmp_path / "spoiled")
        assert "is cut, damaged or was changed" in what


def test_another_fingerprint_is_refused(refused):
    ((what, _),) = refused("--fingerprint", "0" * 64)
    assert what == "this is not the reviewed change"


def test_everything_that_moved_is_told_at_once(refused, toml):
    toml.write_text(with_more_memory(toml))
    assert len(refused("--max-age", "1s")) == 2


def test_the_reviewed_plan_is_applied_where_nothing_was_built(elsewhere, planned):
    file, said = planned
    up = elsewhere.json("up", *PROD, "--yes", "--plan", str(file), "--fingerprint", said["fingerprint"])
    assert up["changed"]
    assert up["smoke"]["status"] == 200
    assert [each["name"] for each in up["changes"]] == [each["name"] for each in said["changes"]]


def test_it_is_never_applied_twice_from_whichever_checkout(apitool, elsewhere, bundle):
    for line in (elsewhere, apitool):
        ended = line("up", *PROD, "--yes", "--plan", str(bundle), exits=6)
        assert "this plan was applied already" in ended.stderr
        assert "no state when planned, serial 1 now" in ended.stderr


def test_the_checkout_that_planned_sees_no_change_left(apitool):
    """The package's path in the plan is the same in both."""
    assert apitool("plan", *PROD, "--detailed-exitcode").stdout == "no changes\n"


def test_terraforms_own_plan_file_is_reviewed_too(apitool):
    review = apitool.json("review", ".apitool/embedded/stages/prod/plan.tfplan")
    assert review["changes"] == []


def test_no_secret_is_printed_and_every_file_that_holds_one_is_private(apitool, elsewhere, bundle):
    said = [text for line in (apitool, elsewhere) for text in line.said]
    assert len(said) > 20
    assert not [text for text in said for canary in CANARIES.values() if canary in text]
    files = [
        path
        for folder in (apitool.folder / ".apitool", elsewhere.folder / ".apitool", bundle.parent)
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    ]
    holding = [
        path for path in files if any(each.encode() in path.read_bytes() for each in CANARIES.values())
    ]
    assert holding, "the variables file holds them"
    assert {stat.filemode(path.stat().st_mode) for path in [*holding, bundle]} == {"-rw-------"}
