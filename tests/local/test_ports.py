from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from apitool.errors import UsageError
from apitool.local import ports

if TYPE_CHECKING:
    from pathlib import Path


def test_a_free_port_is_taken_on_the_loopback_address_only() -> None:
    with closing(ports.listen()) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


def test_the_port_of_last_time_is_taken_again(tmp_path: Path) -> None:
    with closing(ports.listen()) as free:
        last = ports.port_of(free)
    (tmp_path / "port").write_text(f"{last}")
    with closing((found := ports.gateway_socket(None, tmp_path / "port")).socket):
        assert (found.port, found.note) == (last, None)


def test_when_the_port_of_last_time_is_taken_another_is_and_a_note_says_so(tmp_path: Path) -> None:
    with closing(ports.listen()) as taken:
        last = ports.port_of(taken)
        (tmp_path / "port").write_text(f"{last}")
        with closing((found := ports.gateway_socket(None, tmp_path / "port")).socket):
            assert found.port != last
            assert found.note is not None
            assert f"port {last}" in found.note
            assert f"listens on {found.port}" in found.note


def test_a_wanted_port_that_is_taken_is_an_error_that_names_it(tmp_path: Path) -> None:
    with (
        closing(ports.listen()) as taken,
        pytest.raises(UsageError, match=f"port {ports.port_of(taken)}") as seen,
    ):
        ports.gateway_socket(ports.port_of(taken), tmp_path / "port")
    assert seen.value.problems[0].fix is not None


@pytest.mark.parametrize("port", [70_000, -1])
def test_a_wanted_port_that_can_not_exist_is_the_same_error(tmp_path: Path, port: int) -> None:
    with pytest.raises(UsageError, match=str(port)):
        ports.gateway_socket(port, tmp_path / "port")


@pytest.mark.parametrize("text", ["", "x", "80 80"])
def test_a_memory_that_is_no_port_is_forgotten(tmp_path: Path, text: str) -> None:
    (tmp_path / "port").write_text(text)
    with closing((found := ports.gateway_socket(None, tmp_path / "port")).socket):
        assert found.note is None
