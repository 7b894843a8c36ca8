"""The access log's format exists twice, in HCL and in the gateway's model, and is one."""

from __future__ import annotations

import re
from pathlib import Path

from apitool.proxy.access_log import JOIN_KEYS

LOGS = Path(__file__).parents[2] / "terraform/modules/rest_api/logs.tf"


def test_the_module_and_the_gateway_log_the_same_keys_from_the_same_variables():
    (block,) = re.findall(r"_access_log_fields = \{(.*?)\n  \}", LOGS.read_text(), re.DOTALL)
    declared = dict(re.findall(r'^\s*(\w+)\s*=\s*"([^"]*)"', block, re.MULTILINE))
    assert declared == dict(JOIN_KEYS)
