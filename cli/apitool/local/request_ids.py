"""The identifiers AWS makes up for a request."""

from __future__ import annotations

import base64
import os
import time
from uuid import UUID

from apitool.proxy.request import Ids

_UUID = 16  # bytes
_RANDOM = 3 * _UUID + 11 + 12 + 8 + 4  # bytes, all drawn at once


def new_ids() -> Ids:
    """Fresh ones, in AWS's shapes."""
    random = os.urandom(_RANDOM)
    extended, root, parent, lineage = random[48:59], random[59:71], random[71:79], random[79:83]
    return Ids(
        request_id=str(UUID(bytes=random[:16], version=4)),
        extended_request_id=base64.urlsafe_b64encode(extended).decode(),  # 11 bytes: 15 characters and `=`
        trace_root=f"1-{int(time.time()):08x}-{root.hex()}",
        trace_parent=parent.hex(),
        trace_lineage=lineage.hex(),
        endpoint_request_id=str(UUID(bytes=random[16:32], version=4)),
    )
