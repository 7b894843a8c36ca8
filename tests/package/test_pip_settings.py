"""pip's configuration, read as pip reads it, and handed to uv."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitool.errors import UsageError
from apitool.package import pip_settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path):
    """A machine with nothing but its own configuration."""
    for name in ("home", "xdg", "system"):
        (tmp_path / name).mkdir()
    return {
        "HOME": str(tmp_path / "home"),
        "XDG_CONFIG_HOME": str(tmp_path / "xdg"),
        "XDG_CONFIG_DIRS": str(tmp_path / "system"),
    }


def settings(environ: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """What counts, from files of the test only: this machine has a pip.conf of its own, perhaps."""
    files = [file for file in pip_settings.config_files(environ) if file.is_relative_to(tmp_path)]
    return pip_settings.read(environ, files)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.mark.skipif(sys.platform == "darwin", reason="other folders")
def test_later_files_win_over_earlier_and_variables_over_all(home, tmp_path):
    places = ["system/pip/pip.conf", "home/.pip/pip.conf", "xdg/pip/pip.conf"]
    for number, place in enumerate(places):
        write(tmp_path / place, f"[global]\nindex-url = https://{number}\nkey{number} = x\n")
    assert settings(home, tmp_path) == {"index-url": "https://2", "key0": "x", "key1": "x", "key2": "x"}
    assert settings(home | {"PIP_INDEX_URL": "https://env"}, tmp_path)["index-url"] == "https://env"
    assert settings(home | {"PIP_INDEX_URL": ""}, tmp_path)["index-url"] == "https://2"


def test_install_wins_over_global_even_from_an_earlier_file(home, tmp_path):
    write(tmp_path / "home/.pip/pip.conf", "[install]\nfind_links = /a\n  /b\n[freeze]\ntimeout = 1\n")
    write(tmp_path / "named.conf", "[global]\nfind-links = /c\n--No-Index = true\n")
    found = settings(home | {"PIP_CONFIG_FILE": str(tmp_path / "missing")}, tmp_path)
    assert found["find-links"].split() == ["/a", "/b"]
    assert "timeout" not in found


def test_a_named_file_replaces_the_users(home, tmp_path):
    write(tmp_path / "home/.pip/pip.conf", "[global]\nindex-url = https://user\n")
    write(tmp_path / "named.conf", "[global]\nno-index = true\n")
    found = settings(home | {"PIP_CONFIG_FILE": str(tmp_path / "named.conf")}, tmp_path)
    assert (found["no-index"], "index-url" in found) == ("true", False)


def test_dev_null_switches_every_file_off(home):
    assert list(pip_settings.config_files(home | {"PIP_CONFIG_FILE": os.devnull})) == []


def test_a_broken_file_is_named(tmp_path):
    write(tmp_path / "pip.conf", "index-url = https://x\n")
    with pytest.raises(UsageError, match=r"pip's configuration `.*/pip.conf` can't be read"):
        pip_settings.read({}, [tmp_path / "pip.conf"])


def test_pip_itself_reads_the_same(home, tmp_path):
    """`pip config list` prints every section; merged in pip's order they must be what we found."""
    write(tmp_path / "home/.pip/pip.conf", "[global]\nIndex_URL = https://old\ntimeout = 5\n")
    write(
        tmp_path / "xdg/pip/pip.conf",
        "[global]\nindex-url = https://new\n[install]\nextra-index-url =\n  https://a\n  https://b\n",
    )
    environ = home | {"PIP_FIND_LINKS": "/wheels", "PATH": os.environ["PATH"]}
    run = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        pytest.skip("no pip here")
    said = [line.partition("=") for line in run.stdout.splitlines()]
    values = {name: ast.literal_eval(value) for name, _, value in said}
    merged = {
        name.partition(".")[2]: value
        for section in ("global.", "install.", ":env:.")
        for name, value in values.items()
        if name.startswith(section)
    }
    assert merged == pip_settings.read(environ, pip_settings.config_files(environ))


def test_uv_is_told_everything_by_its_environment():
    told = pip_settings.for_uv(
        {
            "index-url": "https://user:pw@mirror/simple",
            "extra-index-url": "https://a\nhttps://b",
            "find-links": "/wheels https://c",
            "trusted-host": "mirror other",
            "cert": "/ca.pem",
            "client-cert": "/me.pem",
            "proxy": "http://proxy:3128",
            "no-index": "yes",
            "timeout": "5",
        },
        {},
    )
    assert told == {
        "UV_INDEX_URL": "https://user:pw@mirror/simple",
        "UV_EXTRA_INDEX_URL": "https://a https://b",
        "UV_FIND_LINKS": "/wheels,https://c",
        "UV_INSECURE_HOST": "mirror other",
        "SSL_CERT_FILE": "/ca.pem",
        "SSL_CLIENT_CERT": "/me.pem",
        "HTTP_PROXY": "http://proxy:3128",
        "HTTPS_PROXY": "http://proxy:3128",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }


@pytest.mark.parametrize(
    ("pip", "environ", "no_index"),
    [
        ({"no-index": "yes"}, {}, True),
        ({"no-index": "1"}, {"UV_INDEX": ""}, True),
        ({"no-index": "False"}, {}, False),
        ({"no-index": "yes"}, {"UV_INDEX": "https://mine"}, False),
        ({}, {}, False),
    ],
)
def test_pip_may_be_told_to_ask_no_index(pip, environ, no_index):
    assert pip_settings.no_index(pip, environ) is no_index


def test_nothing_configured_is_nothing_told():
    assert pip_settings.for_uv({"no-index": "false", "timeout": "15"}, {}) == {}


@pytest.mark.parametrize("variable", pip_settings.UV_INDEX_VARIABLES)
def test_an_index_chosen_for_uv_is_the_users_last_word(variable):
    pip = {"index-url": "https://pip", "extra-index-url": "https://more", "cert": "/ca.pem"}
    assert pip_settings.for_uv(pip, {variable: "https://uv"}) == {"SSL_CERT_FILE": "/ca.pem"}


def test_what_is_set_already_stays_whatever_its_case():
    pip = {"proxy": "http://pip", "cert": "/pip.pem", "find-links": "/pip"}
    environ = {"https_proxy": "http://mine", "SSL_CERT_FILE": "/mine.pem", "UV_FIND_LINKS": ""}
    assert pip_settings.for_uv(pip, environ) == {"HTTP_PROXY": "http://pip", "UV_FIND_LINKS": "/pip"}


@given(
    st.dictionaries(
        st.sampled_from([*pip_settings.TEXTS, *pip_settings.LISTS, "no-index"]), st.text(min_size=1)
    )
)
def test_no_setting_whatever_breaks_the_hand_over(found):
    assert all(isinstance(value, str) and value for value in pip_settings.for_uv(found, {}).values())
