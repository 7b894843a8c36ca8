"""Text from outside shows everything it holds."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from apitool.visible import visible, visible_line

HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(st.text())
def test_nothing_hidden_is_left(text):
    shown = visible(text)
    assert not [each for each in shown if unicodedata.category(each) in HIDDEN and each not in "\n\t"]


@given(st.text())
def test_what_is_visible_stays_as_it_is(text):
    shown = visible(text)
    assert visible(shown) == shown


@given(st.text())
def test_a_line_stays_a_line(text):
    assert len(visible_line(text).splitlines()) <= 1


def test_ordinary_text_of_any_script_is_untouched():
    assert visible("Grüße, 日本語, naïve → café") == "Grüße, 日本語, naïve → café"
