"""Media types against binaryMediaTypes, both ways."""

from __future__ import annotations

import pytest

from apitool.proxy.media import essence, first_accepted, matches


@pytest.mark.parametrize(
    ("header", "media_type"),
    [("Text/HTML; charset=utf-8", "text/html"), (" image/png ", "image/png"), ("", ""), (";q=1", "")],
)
def test_parameters_and_case_do_not_count(header, media_type):
    assert essence(header) == media_type


@pytest.mark.parametrize(
    ("accept", "first"),
    [
        ("image/webp,image/png", "image/webp"),
        ("a/b;q=0, c/d", "a/b"),
        (None, None),
        ("", None),
        (", a/b", None),
    ],
)
def test_only_the_first_accepted_type_counts_whatever_its_weight(accept, first):
    assert first_accepted(accept) == first


def test_a_left_wildcard_matches_nothing_not_even_itself():
    assert not matches("*/test", ["*/test"])
    assert not matches("random/test", ["*/test"])


def test_a_word_without_a_slash_has_no_group():
    assert not matches("application", ["application/*"])
    assert matches("application", ["application"])
