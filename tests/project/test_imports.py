from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["apitool.project", "apitool.project.find", "apitool.project.names"])
def test_what_help_needs_does_not_load_pydantic(module):
    program = f"import sys, {module}; print('pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout == "False\n"
