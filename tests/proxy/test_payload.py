from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from apitool.proxy.event import payload_of

TEXT = st.text(alphabet=st.characters(exclude_categories=()))  # surrogates too
SCALARS = st.none() | st.booleans() | st.integers() | TEXT
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(TEXT, VALUES, max_size=6))
def test_an_event_is_the_compact_json_that_pythons_own_encoder_writes(event):
    expected = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
    assert payload_of(event) == expected
