"""API keys and usage plans.

Only the meter changes, with the time passed in.

    plans        keys and plans, as data
    quota        periods of a quota, and what is left in one
    meter        counts what keys use
    key_check    a request's key -> served, or the 403 or 429 it gets
    usage_lines  what is written about it
"""

from __future__ import annotations
