"""Printed header maps are taken apart where a new entry begins, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitool.logs import header_map


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("{}", ()),
        ("{mode=raise}", (("mode", "raise"),)),
        ("{Accept=text/html, */*;q=0.8, Host=x}", (("Accept", "text/html, */*;q=0.8"), ("Host", "x"))),
        ("{Date=Fri, 25 Sep 2026 09:19:48 GMT}", (("Date", "Fri, 25 Sep 2026 09:19:48 GMT"),)),
        ("{a=b=c, d=}", (("a", "b=c"), ("d", ""))),
        ("{petId={petId}}", (("petId", "{petId}"),)),
    ],
)
def test_a_map_is_its_entries(text, pairs):
    assert header_map.parse(text).pairs == pairs


def test_a_cut_map_keeps_what_there_is():
    found = header_map.parse("{a=1, X-Amz-Security-Token=IQoJ [TRUNCATED]")
    assert (found.pairs, found.truncated) == ((("a", "1"), ("X-Amz-Security-Token", "IQoJ")), True)


def test_names_are_found_whatever_their_case():
    assert header_map.parse("{X-Amzn-RequestId=7}").get("x-amzn-requestid") == "7"


@given(
    st.lists(
        st.tuples(
            st.from_regex(r"[A-Za-z-]{1,12}", fullmatch=True),
            st.from_regex(r"[A-Za-z0-9/;. ]{0,20}", fullmatch=True),
        ),
        max_size=8,
    )
)
def test_what_is_printed_is_read_again(pairs):
    printed = str(header_map.HeaderMap(tuple(pairs)))
    assert header_map.parse(printed).pairs == tuple(pairs)


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    header_map.parse(text)
