from __future__ import annotations

import re

from apitool.local.request_ids import new_ids


def test_identifiers_have_awss_shapes() -> None:
    ids = new_ids()
    assert re.fullmatch(
        r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", ids.request_id
    )
    assert re.fullmatch(r"[\w-]{15}=", ids.extended_request_id)
    assert re.fullmatch(r"[0-9a-f]{24}", ids.trace_digits)
    assert re.fullmatch(r"[0-9a-f]{16}", ids.trace_parent)
    assert re.fullmatch(r"[0-9a-f]{8}", ids.trace_lineage)
    assert ids.endpoint_request_id != ids.request_id


def test_no_two_requests_share_any() -> None:
    made = [new_ids() for _ in range(1_000)]
    for each in (
        [ids.request_id for ids in made] + [ids.endpoint_request_id for ids in made],
        [ids.extended_request_id for ids in made],
        [ids.trace_digits for ids in made],
        [ids.trace_parent for ids in made],
    ):
        assert len(set(each)) == len(each)
