"""What of a hostile environment reaches Terraform, and what we set."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitool.terraform.environment import child_environment, is_secret

HOSTILE = {
    "TF_CLI_ARGS": "-destroy",
    "TF_CLI_ARGS_plan": "-destroy",
    "TF_CLI_ARGS_apply": "-lock=false",
    "TF_WORKSPACE": "ghost",
    "TF_VAR_name": "other",
    "TF_LOG": "trace",
    "TF_LOG_CORE": "trace",
    "TF_LOG_PATH": "/tmp/leak",  # noqa: S108 - only a value
    "TF_DATA_DIR": "/elsewhere",
    "TF_REATTACH_PROVIDERS": "{}",
    "TF_PLUGIN_CACHE_DIR": "/nowhere",
    "TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE": "1",
    "TF_CLI_CONFIG_FILE": "/nowhere",
    "TF_INPUT": "1",
    "TF_SKIP_PROVIDER_VERIFY": "1",
    "TF_ENCRYPTION": "x",
}
DATA = Path("/s/data")


def test_nothing_hostile_reaches_terraform():
    child = child_environment(HOSTILE | {"PATH": "/bin"}, {}, data_folder=DATA)
    assert child == {
        "PATH": "/bin",
        "TF_IN_AUTOMATION": "1",
        "TF_INPUT": "0",
        "TF_DATA_DIR": "/s/data",
        "TF_WORKSPACE": "default",
        "CHECKPOINT_DISABLE": "1",
        "GOGC": "200",
    }


@given(st.text(string.ascii_letters + "_", min_size=1).map("TF_".__add__), st.text(string.printable))
def test_no_terraform_variable_keeps_a_value_of_the_callers_except_the_listed(name, value):
    kept = name.startswith("TF_TOKEN_") or name in {
        "TF_APPEND_USER_AGENT",
        "TF_REGISTRY_CLIENT_TIMEOUT",
        "TF_REGISTRY_DISCOVERY_RETRY",
    }
    ours = child_environment({}, {}, data_folder=DATA)
    child = child_environment({name: value}, {}, data_folder=DATA)
    assert child == (ours | {name: value} if kept else ours)


def test_credentials_of_a_private_registry_stay():
    child = child_environment({"TF_TOKEN_app_example_com": "t"}, {}, data_folder=DATA)
    assert child["TF_TOKEN_app_example_com"] == "t"


def test_the_target_wins_and_takes_away():
    child = child_environment(
        {"AWS_PROFILE": "mine", "AWS_REGION": "us-east-1", "LANG": "C"},
        {"AWS_PROFILE": None, "AWS_REGION": "eu-central-1"},
        data_folder=DATA,
    )
    assert "AWS_PROFILE" not in child
    assert (child["AWS_REGION"], child["LANG"]) == ("eu-central-1", "C")


def test_a_target_with_its_own_endpoint_sees_no_credentials_of_the_callers():
    ambient = {"AWS_PROFILE": "prod", "AWS_SESSION_TOKEN": "t", "AWS_ENDPOINT_URL_S3": "http://elsewhere"}
    target = {"AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_ACCESS_KEY_ID": "embedded"}
    child = child_environment(ambient, target, data_folder=DATA)
    assert {name: value for name, value in child.items() if name.startswith("AWS_")} == target


def test_a_temporary_folder_that_is_not_there_is_left_out(tmp_path):
    there = child_environment({"TMPDIR": str(tmp_path)}, {}, data_folder=DATA)
    missing = child_environment({"TMPDIR": str(tmp_path / "no")}, {}, data_folder=DATA)
    assert (there.get("TMPDIR"), missing.get("TMPDIR")) == (str(tmp_path), None)


def test_the_callers_own_garbage_collection_setting_stays():
    assert child_environment({"GOGC": "50"}, {}, data_folder=DATA)["GOGC"] == "50"


def test_configuration_and_cache_are_named_when_there_are_any():
    child = child_environment(HOSTILE, {}, data_folder=DATA, cli_config=Path("/s/c"), plugin_cache=Path("/p"))
    assert (child["TF_CLI_CONFIG_FILE"], child["TF_PLUGIN_CACHE_DIR"]) == ("/s/c", "/p")


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("AWS_SECRET_ACCESS_KEY", True),
        ("AWS_ACCESS_KEY_ID", True),
        ("AWS_SESSION_TOKEN", True),
        ("DB_PASSWORD", True),
        ("AWS_REGION", False),
        ("AWS_PROFILE", False),
    ],
)
def test_what_counts_as_a_secret(name, secret):
    assert is_secret(name) is secret
