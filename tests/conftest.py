"""What holds for all tests: a property that takes long on a busy machine is not broken."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("apitool", deadline=None)
settings.load_profile("apitool")
