"""Fetching the pinned Terraform, from a stub on the loopback interface."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from apitool.errors import ApitoolError, UsageError
from apitool.terraform import platforms, release

PROGRAM = (
    f"#!{sys.executable}\nimport json\n"
    'print(json.dumps({"terraform_version": "1.11.4", "terraform_outdated": False}))\n'
)


def archive(*members: tuple[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members:
            file.writestr(name, content)
    return buffer.getvalue()


GOOD = archive(("LICENSE.txt", "free"), ("terraform", PROGRAM))


@pytest.fixture
def serve():
    """A server that answers every request the same way."""
    servers = []

    def start(body: bytes, *, status: int = 200, length: int | None = None) -> tuple[str, list[str]]:
        asked: list[str] = []

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                self.send_response(status)
                self.send_header("Content-Length", str(len(body) if length is None else length))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/terraform", asked

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def sums(body: bytes) -> dict[str, str]:
    return {"linux_amd64": hashlib.sha256(body).hexdigest()}


def left(folder) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_it_is_fetched_checked_and_put_in_place(serve, tmp_path):
    base, asked = serve(GOOD)
    path = release.install(tmp_path, base=base + "/", platform="linux_amd64", sums=sums(GOOD))
    assert asked == ["/terraform/1.11.4/terraform_1.11.4_linux_amd64.zip"]
    assert path == tmp_path / "terraform"
    assert path.read_text() == PROGRAM
    assert os.access(path, os.X_OK)
    assert left(tmp_path) == ["terraform"]


def test_another_checksum_is_thrown_away(serve, tmp_path):
    base, _ = serve(GOOD + b"one byte more")
    with pytest.raises(ApitoolError, match="not the pinned one") as caught:
        release.install(tmp_path, base=base, platform="linux_amd64", sums=sums(GOOD))
    assert sums(GOOD)["linux_amd64"] in caught.value.problems[0].seen
    assert left(tmp_path) == []


def test_a_truncated_download_is_thrown_away(serve, tmp_path):
    base, _ = serve(GOOD[:100], length=len(GOOD))
    with pytest.raises(ApitoolError):
        release.install(tmp_path, base=base, platform="linux_amd64", sums=sums(GOOD))
    assert left(tmp_path) == []


def test_an_old_one_stays_when_the_new_one_can_not_be_had(serve, tmp_path):
    (tmp_path / "terraform").write_text("old")
    base, _ = serve(b"gone", status=404)
    with pytest.raises(ApitoolError, match="can't be fetched") as caught:
        release.install(tmp_path, base=base, platform="linux_amd64", sums=sums(GOOD))
    assert "404" in caught.value.problems[0].seen
    assert (tmp_path / "terraform").read_text() == "old"


HOSTILE = [
    archive(("../terraform", PROGRAM)),
    archive(("/terraform", PROGRAM)),
    archive(("bin/terraform", PROGRAM)),
    archive(("..\\terraform", PROGRAM)),
    archive(),
    b"no zip at all",
    GOOD[:-30],
]


@pytest.mark.parametrize(
    "body", HOSTILE, ids=["dotdot", "absolute", "nested", "backslash", "empty", "text", "cut"]
)
def test_an_archive_without_just_terraform_writes_nothing(serve, tmp_path, body):
    base, _ = serve(body)
    tools = tmp_path / "a" / "tools"
    with pytest.raises(ApitoolError, match="holds no `terraform`"):
        release.install(tools, base=base, platform="linux_amd64", sums=sums(body))
    assert left(tmp_path) == ["a", "a/tools"]


def test_a_hostile_member_beside_the_good_one_is_never_written(serve, tmp_path):
    body = archive(("../../escaped", "x"), ("terraform", PROGRAM))
    base, _ = serve(body)
    release.install(tmp_path / "a" / "tools", base=base, platform="linux_amd64", sums=sums(body))
    assert left(tmp_path) == ["a", "a/tools", "a/tools/terraform"]


def test_a_huge_archive_is_given_up(serve, tmp_path, monkeypatch):
    monkeypatch.setattr(release, "_LARGEST", 10)
    base, _ = serve(GOOD)
    with pytest.raises(ApitoolError, match="can't be fetched"):
        release.install(tmp_path, base=base, platform="linux_amd64", sums=sums(GOOD))
    assert left(tmp_path) == []


def test_a_huge_member_is_not_unpacked(serve, tmp_path, monkeypatch):
    body = archive(("terraform", "x" * 100_000))
    monkeypatch.setattr(release, "_LARGEST", 50_000)
    base, _ = serve(body)
    with pytest.raises(ApitoolError, match="holds no `terraform`"):
        release.install(tmp_path, base=base, platform="linux_amd64", sums=sums(body))
    assert left(tmp_path) == []


def test_a_platform_without_a_pin_says_what_to_install(tmp_path):
    with pytest.raises(ApitoolError, match="plan9_mips") as caught:
        release.install(tmp_path, platform="plan9_mips")
    assert caught.value.problems[0].fix == "install Terraform 1.11.4 and put it on the PATH"


@pytest.mark.parametrize("base", ["file:///etc", "ftp://x", "x"])
def test_only_http_addresses(tmp_path, base):
    with pytest.raises(UsageError, match="APITOOL_TERRAFORM_RELEASES"):
        release.install(tmp_path, base=base, platform="linux_amd64")


def test_nobody_answering_is_an_error_with_the_address(tmp_path):
    with pytest.raises(ApitoolError) as caught:
        release.install(tmp_path, base="http://127.0.0.1:9/t", platform="linux_amd64")
    assert "http://127.0.0.1:9/t/1.11.4" in caught.value.problems[0].seen


def test_every_pin_is_a_sha256_and_there_is_one_for_this_kind_of_machine():
    assert sorted(release.SHA256) == ["darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64"]
    assert len({int(pin, 16) for pin in release.SHA256.values() if len(pin) == 64}) == 4
    assert platforms.current().split("_")[1] in {"amd64", "arm64"}


def module(folder, **environ: str) -> subprocess.CompletedProcess[str]:
    """`python -m apitool.terraform.release`, as `make setup` runs it."""
    command = [sys.executable, "-m", "apitool.terraform.release"]
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)


def test_setup_does_nothing_when_a_good_one_is_on_the_path(serve, script, tmp_path):
    base, asked = serve(GOOD)
    path = script(PROGRAM.partition("\n")[2])
    done = module(tmp_path, PATH=str(path.parent), APITOOL_TERRAFORM_RELEASES=base)
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "Terraform 1.11.4 is there: bin/terraform\n",
        "",
    )
    assert asked == []
    assert not (tmp_path / ".tools").exists()


def test_setup_says_in_two_lines_why_it_failed(serve, tmp_path):
    base, _ = serve(GOOD)
    done = module(tmp_path, PATH=str(tmp_path), APITOOL_TERRAFORM_RELEASES=base)
    assert done.returncode == 1
    assert done.stdout == ""
    assert [line.split(":")[0].strip() for line in done.stderr.splitlines()] == ["error", "fix"]


def test_what_is_missing_is_fetched_into_the_tools_folder(serve, tmp_path, monkeypatch):
    base, asked = serve(GOOD)
    monkeypatch.setitem(release.SHA256, platforms.current(), hashlib.sha256(GOOD).hexdigest())
    environ = {"PATH": str(tmp_path), "APITOOL_TERRAFORM_RELEASES": base}
    found, fetched = release.ensure(tmp_path, environ)
    assert (found.path, found.version, fetched) == (tmp_path / ".tools" / "terraform", "1.11.4", True)
    assert release.ensure(tmp_path, environ)[1] is False
    assert len(asked) == 1
