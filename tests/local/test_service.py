"""Starting, finding, replacing and ending the process. Each test here starts it at least once (2 to 4 s)."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.processes import open_files

from apitool.errors import ApitoolError, UsageError
from apitool.local import ports, record, service, starting
from apitool.local.folder import Folder
from apitool.local.process_identity import identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.local.endpoint import Endpoint

pytestmark = pytest.mark.embedded

REGION = "eu-central-1"


@contextmanager
def started(project: Path, **options: int) -> Iterator[Endpoint]:
    try:
        yield service.ensure(project, region=REGION, **options)
    finally:
        service.stop(project)


def status_of(url: str) -> int:
    with urllib.request.urlopen(url, timeout=5) as answer:
        return answer.status


def test_it_starts_once_answers_and_ends_without_a_trace(tmp_path: Path) -> None:
    assert service.running(tmp_path) is None
    assert service.stop(tmp_path) is False
    with started(tmp_path) as endpoint:
        assert service.running(tmp_path) == endpoint
        assert service.ensure(tmp_path, region=REGION) == endpoint
        assert status_of(f"{endpoint.control_url}/moto-api/") == 200
        folder = Folder.of(tmp_path)
        assert stat.S_IMODE(folder.record.stat().st_mode) == 0o600
        assert stat.S_IMODE(service.log_file(tmp_path).stat().st_mode) == 0o600
        assert re.search(r"sts +POST +/ 200", service.log_file(tmp_path).read_text())
        assert service.stop(tmp_path) is True
        assert identity(endpoint.pid) is None
        assert service.running(tmp_path) is None
        assert not folder.record.exists()
    with closing(ports.listen(endpoint.gateway_port)):  # the port is free again
        pass


def test_the_gateways_port_stays_the_same_over_a_restart_and_a_reset(tmp_path: Path) -> None:
    with started(tmp_path) as first:
        service.reset(tmp_path)
        assert not service.log_file(tmp_path).exists()
        with started(tmp_path) as second:
            assert second.gateway_port == first.gateway_port
            assert second.pid != first.pid


def test_asking_for_another_port_or_finding_another_version_replaces_it_and_says_so(tmp_path: Path) -> None:
    with closing(ports.listen()) as free:
        port = ports.port_of(free)
    with started(tmp_path) as first, started(tmp_path, port=port) as second:
        assert second.gateway_port == port
        assert f"port {first.gateway_port}" in second.notes[0]
        assert identity(first.pid) is None
        old = record.read(Folder.of(tmp_path).record)
        assert old is not None
        record.write(Folder.of(tmp_path).record, replace(old, version="0.0.1"))
        third = service.ensure(tmp_path, region=REGION)
        assert "apitool 0.0.1" in third.notes[0]
        assert identity(second.pid) is None


def test_a_taken_port_is_an_error_and_starts_nothing(tmp_path: Path) -> None:
    with closing(ports.listen()) as taken:
        port = ports.port_of(taken)
        with pytest.raises(UsageError, match=str(port)):
            service.ensure(tmp_path, region=REGION, port=port)
    assert service.running(tmp_path) is None


def test_two_starters_get_one_process(tmp_path: Path) -> None:
    found: list[Endpoint] = []
    starters = [
        threading.Thread(target=lambda: found.append(service.ensure(tmp_path, region=REGION)))
        for _ in range(2)
    ]
    try:
        for starter in starters:
            starter.start()
        for starter in starters:
            starter.join()
    finally:
        service.stop(tmp_path)
    assert len(found) == 2
    assert found[0] == found[1]


def test_a_process_that_dies_while_starting_is_an_error_with_the_end_of_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dying = [sys.executable, "-c", "import sys; sys.exit('no such luck')"]
    monkeypatch.setattr(starting, "_command", lambda _folder, _region: dying)
    with pytest.raises(ApitoolError, match="did not start") as seen:
        service.ensure(tmp_path, region=REGION)
    assert "no such luck" in str(seen.value.problems[0].seen)


def test_a_process_that_hangs_while_starting_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = """if True:
        import os, sys, time
        if os.fork():
            os._exit(0)
        os.setsid()
        os.write(int(sys.argv[-1]), f"{os.getpid()}\\n".encode())
        open(sys.argv[1], "w").write(str(os.getpid()))
        time.sleep(60)
    """
    pid_file = tmp_path / "pid"
    command = [sys.executable, "-c", hanging, str(pid_file)]
    monkeypatch.setattr(starting, "_command", lambda _folder, _region: command)
    monkeypatch.setattr(starting, "_DEADLINE", 1.0)
    with pytest.raises(ApitoolError, match="did not start"):
        service.ensure(tmp_path, region=REGION)
    assert eventually(lambda: identity(int(pid_file.read_text())) is None)


def test_a_killed_process_is_noticed_and_started_again(tmp_path: Path) -> None:
    with started(tmp_path) as first:
        os.kill(first.pid, signal.SIGKILL)
        assert eventually(lambda: service.running(tmp_path) is None)
        assert service.ensure(tmp_path, region=REGION).pid != first.pid


def test_a_pid_that_now_belongs_to_somebody_else_is_neither_trusted_nor_killed(tmp_path: Path) -> None:
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        Folder.of(tmp_path).make()
        stale = record.Record(bystander.pid, "another-boot:1", 1, 2, REGION, "0.1.0", 0.0)
        record.write(Folder.of(tmp_path).record, stale)
        assert service.running(tmp_path) is None
        assert service.stop(tmp_path) is False
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_it_ends_by_itself_when_its_record_is_taken_away(tmp_path: Path) -> None:
    with started(tmp_path) as endpoint:
        Folder.of(tmp_path).record.unlink()
        assert eventually(lambda: identity(endpoint.pid) is None, patience=10)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_it_listens_on_the_loopback_address_only(tmp_path: Path) -> None:
    with started(tmp_path) as endpoint:
        listening = listening_addresses(endpoint.pid)
    assert len(listening) == 2
    assert {address for address, _ in listening} == {"0100007F"}  # 127.0.0.1, as the kernel writes it


def listening_addresses(pid: int) -> list[tuple[str, str]]:
    links = (link for link in open_files(pid) if link.startswith("socket:"))
    inodes = {link.removeprefix("socket:[").removesuffix("]") for link in links}
    rows = [
        line.split()
        for family in ("tcp", "tcp6")
        for line in Path(f"/proc/{pid}/net/{family}").read_text().splitlines()[1:]
    ]
    return [
        (row[1].split(":")[0], row[1].split(":")[1]) for row in rows if row[3] == "0A" and row[9] in inodes
    ]


def eventually(happened, patience: float = 5.0) -> bool:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if happened():
            return True
        time.sleep(0.05)
    return False


def test_neither_moto_nor_boto3_is_imported_by_the_client_side() -> None:
    code = "import sys, apitool.local.service as _; print({*sys.modules} & {'moto', 'httptools', 'boto3'})"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "set()\n"
