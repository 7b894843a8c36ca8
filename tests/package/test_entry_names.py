"""Names that may stand in a package."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitool.package import entry_names


@pytest.mark.parametrize("name", ["app.py", "a/b/c.txt", "teé.py", "a b.py", "...", "ab:c", "-", "x" * 255])
def test_ordinary_names_may_stand_in_a_package(name):
    assert entry_names.refusal(name) is None


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../app.py", "leads out"),
        ("a/../../b", "leads out"),
        ("/etc/passwd", "leads out"),
        ("a//b", "leads out"),
        ("./a", "leads out"),
        ("a/", "leads out"),
        ("", "leads out"),
        ("a\\b.py", "backslash"),
        ("..\\..\\b.py", "backslash"),
        ("C:/b.py", "drive letter"),
        ("c:b.py", "drive letter"),
        ("a\nb", "control character"),
        ("a\x00b", "control character"),
        ("\udcff.py", "not UTF-8"),
        ("x" * 256, "longer than 255 bytes"),
        ("é" * 128, "longer than 255 bytes"),
    ],
)
def test_names_that_leave_the_package_or_mean_two_things_are_refused(name, why):
    assert why in entry_names.refusal(name)


@given(st.lists(st.sampled_from(["", ".", "..", "a", "C:", "\\", "b"]), max_size=6).map("/".join))
def test_no_accepted_name_ever_leaves_the_folder(name):
    if entry_names.refusal(name) is None:
        assert not name.startswith("/")
        assert ".." not in name.split("/")
        assert "\\" not in name


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["a.py", "b.py"], []),
        (["App.py", "app.py"], [("App.py", "app.py")]),
        (["Lib/a.py", "lib/b.py"], [("Lib", "lib")]),
        (["Straße", "STRASSE"], [("Straße", "STRASSE")]),
        (["a/b", "A"], [("a", "A")]),
    ],
)
def test_names_that_differ_only_in_case_collide(names, found):
    assert entry_names.collisions(names) == found


def test_names_that_differ_only_in_unicode_form_collide():
    composed, decomposed = (unicodedata.normalize(form, "thé.txt") for form in ("NFC", "NFD"))
    assert entry_names.collisions([composed, decomposed]) == [(composed, decomposed)]
