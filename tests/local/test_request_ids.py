from __future__ import annotations

import re

from apitool.local.request_ids import new_ids


def test_identifiers_have_awss_shapes() -> None:
    ids = new_ids()
    assert re.fullmatch(
        r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", ids.request_id
    )
    assert re.fullmatch(r"[\w-]{15}=", ids.extended_request_id)
    assert re.fullmatch(r"1-[0-9a-f]{8}-[0-9a-f]{24}", ids.trace_root)
    assert re.fullmatch(r"[0-9a-f]{16}", ids.trace_parent)
    assert re.fullmatch(r"[0-9a-f]{8}", ids.trace_lineage)
    assert ids.endpoint_request_id != ids.request_id


def test_no_two_requests_share_any() -> None:
    first, second = new_ids(), new_ids()
    assert first.request_id != second.request_id
    assert first.extended_request_id != second.extended_request_id
    assert first.trace_root != second.trace_root
