"""Rules of `[api]`: CORS and binary media types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.project import shown
from apitool.project.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.project.draft import CorsDraft, Draft
    from apitool.project.model import Project
    from apitool.project.scan import KeyPath

_TYPES: KeyPath = ("api", "binary_media_types")
_CORS: KeyPath = ("api", "cors")


def errors(draft: Draft) -> Iterator[Finding]:
    api = draft.get("api", {})
    seen: set[str] = set()
    for index, media_type in enumerate(api.get("binary_media_types", [])):
        if media_type in seen:
            what = f"`{shown.text(media_type)}` stands twice"
            yield Finding((*_TYPES, index), what, fix="remove one of them")
        seen.add(media_type)
    cors = api.get("cors", {})
    if cors.get("allow_credentials"):
        yield from _credentials(cors)


def warnings(project: Project) -> Iterator[Finding]:
    """`*/*` also matches what nobody thinks of as binary."""
    types = project.api.binary_media_types
    if "*/*" in types:
        what = "with `*/*` every request body reaches the functions as base64, JSON included"
        fix = 'name the types, e.g. "image/*", or decode the body when isBase64Encoded is true'
        yield Finding((*_TYPES, types.index("*/*")), what, fix=fix)


def _credentials(cors: CorsDraft) -> Iterator[Finding]:
    """With credentials browsers take `*` for a name, not for everything (the Fetch standard)."""
    if cors.get("allow_origin", "*") == "*":
        what = "browsers refuse credentials for origin `*`"
        fix = 'name the origin, e.g. allow_origin = "https://app.example.com"'
        yield Finding((*_CORS, "allow_credentials"), what, "allow_credentials = true", fix)
    if "*" in cors.get("allow_methods", []):
        what = "with credentials browsers don't take `*` for every method"
        yield Finding((*_CORS, "allow_methods"), what, '"*"', 'name them, e.g. ["GET", "POST"]')
    if "*" in cors.get("allow_headers", []):
        what = "with credentials browsers don't take `*` for every header"
        yield Finding((*_CORS, "allow_headers"), what, '"*"', 'name them, e.g. ["Content-Type"]')
