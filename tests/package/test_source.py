"""What goes into a package from the source folder, what is left out, what is refused."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from tests.package.projects import write

from apitool.errors import ApitoolError, UsageError
from apitool.package import source

CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
PRIVATE_KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----\n"


def names(root: Path) -> list[str]:
    return [file.name for file in source.walk(root).files]


def refusals(root: Path) -> dict[str, str]:
    """What was seen, by what failed."""
    with pytest.raises(UsageError) as raised:
        source.walk(root)
    assert all(problem.fix for problem in raised.value.problems)
    return {problem.what: problem.seen for problem in raised.value.problems}


def test_files_come_sorted_with_folders_and_everything_that_looks_like_code(tmp_path):
    kept = {
        "b.py",
        "a/z.py",
        "a/data.json",
        "tests/test_a.py",
        "LICENSE",
        ".config/x",
        "py.typed",
        "a/requirements.txt",
    }
    write(tmp_path, dict.fromkeys(kept, ""))
    assert names(tmp_path) == sorted(kept)


@pytest.mark.parametrize(
    "name",
    [
        "__pycache__/app.cpython-313.pyc",
        "app.pyc",
        "old/app.pyo",
        ".git/config",
        "deep/.git/HEAD",
        ".venv/x.py",
        "env-of-another-name/pyvenv.cfg",
        "node_modules/a/index.js",
        ".pytest_cache/v",
        ".terraform/modules.json",
        "orders.egg-info/PKG-INFO",
        ".DS_Store",
        ".idea/x.xml",
        "app.py~",
        ".app.py.swp",
        ".coverage",
        "requirements.txt",
        "requirements-dev.in",
        "uv.lock",
        "x.tfplan",
        ".apitool/prod/vars.json",
    ],
)
def test_what_tools_leave_behind_stays_out(tmp_path, name):
    write(tmp_path, {"app.py": "", name: "x"})
    tree = source.walk(tmp_path)
    assert [file.name for file in tree.files] == ["app.py"]
    assert tree.left_out == ()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (".env", "PASSWORD=x"),
        (".env.production", "x"),
        ("prod.env", "x"),
        (".envrc", "x"),
        ("id_rsa", "x"),
        ("deploy.key", "x"),
        ("client.p12", "x"),
        ("key.pem", PRIVATE_KEY),
        ("both.pem", CERTIFICATE + PRIVATE_KEY),
        ("terraform.tfstate", "{}"),
        ("terraform.tfstate.backup", "{}"),
        ("prod.tfvars", "x"),
        (".netrc", "x"),
        (".aws", None),
    ],
)
def test_secrets_stay_out_and_are_reported(tmp_path, name, content):
    write(tmp_path, {"app.py": "", f"conf/{name}" if content else f"conf/{name}/credentials": content or "x"})
    tree = source.walk(tmp_path)
    assert [file.name for file in tree.files] == ["app.py"]
    assert tree.left_out == (f"conf/{name}",)


def test_a_bundle_of_public_certificates_is_no_secret(tmp_path):
    write(tmp_path, {"rds-ca.pem": CERTIFICATE})
    assert names(tmp_path) == ["rds-ca.pem"]


def test_the_executable_bit_of_the_owner_is_the_only_mode_that_counts(tmp_path):
    write(tmp_path, {"run": "", "read": ""})
    (tmp_path / "run").chmod(0o700)
    (tmp_path / "read").chmod(0o644)
    assert {file.name: file.executable for file in source.walk(tmp_path).files} == {
        "read": False,
        "run": True,
    }


def test_links_inside_the_folder_are_followed(tmp_path):
    write(tmp_path, {"lib/a.py": "a", "b.py": "b"})
    (tmp_path / "c.py").symlink_to("b.py")
    (tmp_path / "again").symlink_to("lib", target_is_directory=True)
    tree = source.walk(tmp_path)
    assert {file.name: file.read() for file in tree.files} == {
        "again/a.py": b"a",
        "b.py": b"b",
        "c.py": b"b",
        "lib/a.py": b"a",
    }


def test_a_source_folder_reached_by_a_link_is_a_folder_like_any_other(tmp_path):
    write(tmp_path / "real", {"a.py": "a", "sub/b.py": "b"})
    (tmp_path / "real" / "l.py").symlink_to("sub/b.py")
    (tmp_path / "link").symlink_to("real")
    assert names(tmp_path / "link") == ["a.py", "l.py", "sub/b.py"]


def test_a_link_to_a_secret_is_left_out_under_its_own_name(tmp_path):
    write(tmp_path, {".env": "x", ".ssh/config": "x"})
    (tmp_path / "settings.txt").symlink_to(".env")
    (tmp_path / "other.txt").symlink_to(".ssh/config")
    tree = source.walk(tmp_path)
    assert tree.files == ()
    assert tree.left_out == (".env", ".ssh", "other.txt", "settings.txt")


@pytest.mark.parametrize("absolute", [True, False])
def test_a_link_out_of_the_folder_is_refused_by_name(tmp_path, absolute):
    write(tmp_path, {"secret.txt": "x", "src/app.py": ""})
    to = tmp_path / "secret.txt" if absolute else Path("../secret.txt")
    (tmp_path / "src" / "lib").mkdir()
    (tmp_path / "src" / "a.txt").symlink_to(to)
    (tmp_path / "src" / "lib" / "up").symlink_to(tmp_path)
    assert refusals(tmp_path / "src") == {
        "`a.txt` can't be packaged": f"it is a link to {to}, out of the source folder",
        "`lib/up` can't be packaged": f"it is a link to {tmp_path}, out of the source folder",
    }


def test_links_in_a_circle_or_to_nowhere_are_refused(tmp_path):
    write(tmp_path, {"lib/app.py": ""})
    (tmp_path / "lib" / "self").symlink_to(".", target_is_directory=True)
    (tmp_path / "lib" / "top").symlink_to("..", target_is_directory=True)
    (tmp_path / "gone").symlink_to("nothing")
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    assert refusals(tmp_path) == {
        "`a` can't be packaged": "it is a link to b, which leads nowhere",
        "`b` can't be packaged": "it is a link to a, which leads nowhere",
        "`gone` can't be packaged": "it is a link to nothing, which leads nowhere",
        "`lib/self` can't be packaged": "it is a link to ., a folder it stands in",
        "`lib/top` can't be packaged": "it is a link to .., a folder it stands in",
    }


def test_pipes_and_sockets_are_refused_without_being_opened(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)  # the path of a socket has at most 107 bytes
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("sock")
        assert set(refusals(tmp_path)) == {"`pipe` can't be packaged", "`sock` can't be packaged"}


def test_a_file_nobody_may_read_is_refused(tmp_path, monkeypatch):
    write(tmp_path, {"app.py": ""})

    def denied(self, *_):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", denied)  # root, as in a container, may read everything
    assert refusals(tmp_path) == {"`app.py` can't be packaged": "it can't be read: Permission denied"}


def test_names_that_are_not_utf_8_are_refused_and_shown_escaped(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.py")).touch()
    assert refusals(tmp_path) == {"`caf\\udce9.py` can't be packaged": "its name is not UTF-8"}


def test_names_that_differ_only_in_case_are_refused(tmp_path):
    write(tmp_path, {"Orders.py": "", "other.py": ""})
    (tmp_path / "orders.py").touch()
    if len(list(tmp_path.iterdir())) < 3:
        pytest.skip("this file system keeps one of the two")
    assert refusals(tmp_path) == {
        "`orders.py` can't be packaged": "it differs from `Orders.py` only in case or Unicode form"
    }


def test_many_refusals_are_cut_to_a_readable_number(tmp_path):
    for number in range(50):
        (tmp_path / f"{number:02}").symlink_to("nothing")
    with pytest.raises(UsageError) as raised:
        source.walk(tmp_path)
    assert len(raised.value.problems) == source.MOST_PROBLEMS + 1
    assert raised.value.problems[-1].what == f"and 30 more in `{tmp_path}`"


def test_a_source_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"the source folder `.*/nowhere` does not exist"):
        source.walk(tmp_path / "nowhere")


@pytest.mark.parametrize("change", ["write", "same size", "remove", "replace"])
def test_a_file_that_changes_between_walk_and_read_is_noticed(tmp_path, change):
    write(tmp_path, {"app.py": "one"})
    (file,) = source.walk(tmp_path).files
    path = tmp_path / "app.py"
    if change == "write":
        path.write_text("three")
    elif change == "same size":
        path.write_text("two")
        os.utime(path, ns=(file.stamp[2], file.stamp[2]))  # even with its old time put back
    elif change == "remove":
        path.unlink()
    else:
        (tmp_path / "new").write_text("one")
        (tmp_path / "new").replace(path)
    with pytest.raises(ApitoolError, match=r"`app.py` changed while it was being packaged"):
        file.read()


@pytest.mark.parametrize("change", ["add", "remove", "write"])
def test_a_folder_that_changes_during_the_build_is_noticed(tmp_path, change):
    write(tmp_path, {"app.py": "one", "b.py": "x"})
    tree = source.walk(tmp_path)
    tree.check_unchanged()
    if change == "remove":
        (tmp_path / "b.py").unlink()
    else:
        write(tmp_path, {"c.py" if change == "add" else "b.py": "new"})
    with pytest.raises(ApitoolError, match=r"`[bc].py` changed while it was being packaged"):
        tree.check_unchanged()
