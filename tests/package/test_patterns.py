"""Patterns of `include` and `exclude`, read as .gitignore reads them."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apitool.package.patterns import Pattern

MATCHES = [
    ("a.md", "a.md"),
    ("a.md", "docs/a.md"),
    ("*.md", "docs/deep/a.md"),
    ("docs", "docs/a"),
    ("docs", "x/docs/a/b"),
    ("docs/", "docs/a"),
    ("/docs", "docs/a"),
    ("docs/*.md", "docs/a.md"),
    ("docs/**", "docs/a/b"),
    ("docs/**/a", "docs/a"),
    ("docs/**/a", "docs/x/y/a"),
    ("**/a", "a"),
    ("**/tests/**", "numpy/tests/a.py"),
    ("a?c", "abc"),
    ("[ab].py", "b.py"),
    ("[!ab].py", "c.py"),
    ("[]].py", "].py"),
    ("*", "any/thing"),
]
MISSES = [
    ("a.md", "aXmd"),
    ("a.md", "b/a.md.txt"),
    ("/docs", "x/docs/a"),
    ("docs/", "docs"),
    ("docs/*.md", "docs/deep/a.md"),
    ("docs/*.md", "x/docs/a.md"),
    ("docs/**", "docs"),
    ("a?c", "a/c"),
    ("[!ab].py", "a.py"),
    ("x[!a]y", "x/y"),
    ("*.py", "a.pyc"),
]


@pytest.mark.parametrize(("pattern", "name"), MATCHES)
def test_what_a_pattern_takes(pattern, name):
    assert Pattern(pattern).matches(name)


@pytest.mark.parametrize(("pattern", "name"), MISSES)
def test_what_a_pattern_leaves(pattern, name):
    assert not Pattern(pattern).matches(name)


def test_a_folder_pattern_takes_the_folder_itself_only_when_it_is_one():
    assert Pattern("docs/").matches("docs", folder=True)
    assert not Pattern("docs/").matches("docs")


@pytest.mark.parametrize(
    ("pattern", "folder", "leads"),
    [
        ("node_modules/left-pad/**", "node_modules", True),
        ("node_modules/left-pad/**", "node_modules/left-pad", True),
        ("node_modules/left-pad/**", "node_modules/right-pad", False),
        ("node_modules/*/index.js", "node_modules/left-pad", True),
        ("**/index.js", "node_modules", False),
        ("*.js", "node_modules", False),
        ("node_modules/", "node_modules", False),
    ],
)
def test_only_a_pattern_that_names_a_folder_leads_into_it(pattern, folder, leads):
    assert Pattern(pattern).leads_into(folder) is leads


PARTS = st.lists(
    st.sampled_from(["a", "b", "ab", "*", "**", "a*", "?", "[ab]", "[!a]"]), min_size=1, max_size=3
)
NAMES = st.lists(st.sampled_from(["a", "b", "ab", "c"]), min_size=1, max_size=4).map("/".join)


@pytest.mark.skipif(not shutil.which("git"), reason="git is the yardstick")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pattern=st.builds(
        lambda parts, front, end: front + "/".join(parts) + end,
        PARTS,
        st.sampled_from(["", "/"]),
        st.sampled_from(["", "/"]),
    ),
    names=st.sets(NAMES, min_size=4, max_size=12),
)
def test_git_reads_patterns_the_same(tmp_path_factory, pattern, names):
    root = tmp_path_factory.mktemp("repository")
    subprocess.run(["git", "init", "-q", root], check=True)
    (root / ".gitignore").write_text(f"{pattern}\n")
    done = subprocess.run(
        ["git", "-C", root, "check-ignore", "--no-index", "--stdin"],
        input="\n".join(names),
        capture_output=True,
        text=True,
        check=False,
    )
    assert {name for name in names if Pattern(pattern).matches(name)} == set(done.stdout.split())
