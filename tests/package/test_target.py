"""Which wheels run on which runtime."""

from __future__ import annotations

import sys

import pytest

from apitool.package.target import Target
from apitool.project.model import Function


@pytest.mark.parametrize(
    ("runtime", "architecture", "platform"),
    [
        ("python3.10", "x86_64", "x86_64-manylinux_2_17"),
        ("python3.11", "arm64", "aarch64-manylinux_2_17"),
        ("python3.12", "x86_64", "x86_64-manylinux_2_34"),
        ("python3.13", "arm64", "aarch64-manylinux_2_34"),
        ("python3.14", "arm64", "aarch64-manylinux_2_34"),
    ],
)
def test_wheels_fit_the_c_library_of_the_runtime(runtime, architecture, platform):
    # Unvalidated: which runtimes the project may name is another question.
    function = Function.model_construct(runtime=runtime, architecture=architecture)
    target = Target.of(function)
    assert target == Target(runtime.removeprefix("python"), architecture, platform)
    assert target.glibc == ((2, 34) if platform.endswith("34") else (2, 26))


def test_the_host_is_this_python_on_this_machine():
    host = Target.host()
    assert host.platform is None
    assert host.python == f"{sys.version_info.major}.{sys.version_info.minor}"
    assert str(host).startswith(f"Python {host.python} on this machine (")
