"""Machine code in a package is held to the runtime that loads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.package.elf_files import AARCH64, X86_64, shared_object
from tests.package.projects import HANDLER, contents, package, wheel, write

from apitool.errors import UsageError
from apitool.package import elf
from apitool.package.elf import Binary
from apitool.package.target import Target

FITS = shared_object(AARCH64, versions=("GLIBC_2.17", "GLIBC_2.34"))
TAG = "cp313-cp313-manylinux_2_34_aarch64"


@pytest.mark.parametrize(
    ("content", "binary"),
    [
        (shared_object(AARCH64), Binary("aarch64")),
        (shared_object(X86_64, versions=("GLIBC_2.4",)), Binary("x86_64", (2, 4))),
        (shared_object(AARCH64, versions=("GLIBC_2.17", "GLIBC_2.4")), Binary("aarch64", (2, 17))),
        (shared_object(AARCH64, versions=("GLIBC_PRIVATE", "GLIBC_2.2.5")), Binary("aarch64")),
        (shared_object(AARCH64, needs=("libc.musl-aarch64.so.1",)), Binary("aarch64", None, musl=True)),
        (shared_object(0x28), Binary("armv7l")),
        (b"import os\n", None),
        (b"", None),
        (b"\x7fELF", None),
        (FITS[:30], None),
        (FITS[:90], Binary("aarch64")),  # cut short: what is left says for which machine it was
    ],
)
def test_what_a_file_asks_for_is_read_from_its_headers(content, binary):
    assert elf.read(content) == binary


@given(st.binary(max_size=400), st.integers(0, 1000))
def test_no_bytes_make_the_reader_fail(noise, cut):
    elf.read(FITS[: cut % len(FITS)] + noise)
    elf.read(elf.MAGIC + noise)


def refusals(project, **options) -> dict[str, str]:
    with pytest.raises(UsageError) as raised:
        package(project, **options)
    return {problem.what: problem.seen for problem in raised.value.problems}


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        (shared_object(X86_64), "it is built for x86_64"),
        (shared_object(AARCH64, versions=("GLIBC_2.38",)), "it asks for glibc 2.38, the runtime has 2.34"),
        (shared_object(AARCH64, needs=("libc.musl-aarch64.so.1",)), "it is built for musl (Alpine Linux)"),
        (b"\xcf\xfa\xed\xfe" + bytes(60), "it is built for macOS"),
    ],
)
@pytest.mark.parametrize("where", ["source", "dependency"])
def test_what_the_runtime_cannot_load_is_refused_by_name(project, wheels, content, seen, where):
    if where == "source":
        write(project / "src", {"lib/fast.so": content})
    else:
        wheel(wheels, "lib", files={"lib/fast.so": content}, tag=TAG)
        write(project / "src", {"requirements.txt": "lib\n"})
    assert refusals(project) == {
        "`lib/fast.so` can't be loaded by Python 3.13 on aarch64-manylinux_2_34": seen
    }
    assert not list((project / "out").glob("*.zip"))


def test_the_c_library_of_the_older_system_is_older(project):
    write(project / "src", {"fast.so": shared_object(AARCH64, versions=("GLIBC_2.28",))})
    package(project)
    (seen,) = refusals(project, runtime="python3.11").values()
    assert seen == "it asks for glibc 2.28, the runtime has 2.26"


def test_what_fits_goes_in(project, wheels):
    wheel(wheels, "lib", files={"lib/fast.so": FITS}, tag=TAG)
    write(project / "src", {"tool": FITS, "requirements.txt": "lib\n"})
    assert {"tool", "lib/fast.so"} <= set(contents(package(project)))


def test_what_is_excluded_needs_no_machine(project, wheels):
    wheel(wheels, "lib", files={"lib/__init__.py": "", "lib/x86.so": shared_object(X86_64)})
    write(project / "src", {"requirements.txt": "lib\n"})
    assert list(refusals(project)) == [
        "`lib/x86.so` can't be loaded by Python 3.13 on aarch64-manylinux_2_34"
    ]
    assert "lib/x86.so" not in contents(package(project, exclude=("lib/x86.so",)))


def test_libraries_of_other_systems_under_their_own_names_are_ballast_and_no_error(project):
    write(project / "src", {"a.dylib": b"\xcf\xfa\xed\xfe" + bytes(60), "b.pyd": b"MZ\x90\x00" + bytes(60)})
    assert {"a.dylib", "b.pyd"} & set(contents(package(project, include=("*.pyd",)))) == {"a.dylib", "b.pyd"}


def test_many_refusals_are_cut_to_a_readable_number(project):
    write(project / "src", {f"{number:02}.so": shared_object(X86_64) for number in range(30)})
    with pytest.raises(UsageError) as raised:
        package(project)
    assert raised.value.problems[-1].what == "and 20 more"


def test_on_this_machine_only_the_processor_has_to_fit(project):
    own = {"aarch64": AARCH64, "x86_64": X86_64}[Target.host().cpu]
    write(project / "src", {"fast.so": shared_object(own, versions=("GLIBC_2.99",))})
    package(project, target=Target.host())


def test_an_extension_module_for_another_python_is_a_warning(project):
    name = "lib/fast.cpython-311-aarch64-linux-gnu.so"
    write(
        project / "src", {name: FITS, "lib/other.cpython-313-aarch64-linux-gnu.so": FITS, "app.py": HANDLER}
    )
    (warning,) = package(project).warnings
    assert warning.what == f"`{name}` can't be imported by Python 3.13"
