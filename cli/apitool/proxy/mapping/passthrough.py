"""Which request template holds for a body's type, and what happens when none does (AWS documentation,
"Method request behavior for payloads without mapping templates"; the 415's body is LocalStack's code).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.media import DEFAULT_TYPE, essence
from apitool.proxy.verdict import Finding

if TYPE_CHECKING:
    from apitool.proxy.api import Integration

DEFAULT_TEMPLATE = "$default"


def request_template(integration: Integration, content_type: str | None) -> str | Finding | None:
    """The template; None passes the body through, a finding refuses it with a 415."""
    wanted = essence(content_type or DEFAULT_TYPE)
    templates = {essence(name): template for name, template in integration.request_templates.items()}
    template = templates.get(wanted) or templates.get(DEFAULT_TEMPLATE)
    if template is not None:
        return template
    refuses = {"NEVER": True, "WHEN_NO_TEMPLATES": bool(templates), "WHEN_NO_MATCH": False}
    return _unsupported(integration, wanted) if refuses[integration.passthrough] else None


def _unsupported(integration: Integration, wanted: str) -> Finding:
    known = ", ".join(integration.request_templates) or "none"
    return Finding(
        rule="integration.unsupported-media-type",
        what=f"No request template for `{wanted}`, and passthroughBehavior is {integration.passthrough}",
        fix="Add a template for the type, or pass bodies through WHEN_NO_MATCH",
        seen=f"templates for {known}",
        recorded=False,
    )


def response_template(templates: dict[str, str], accept: str | None) -> tuple[str, str | None]:
    """Media type and template of an answer: what the client asks for, else JSON, else the first.

    From LocalStack's reading of AWS's documentation; None where there are no templates.
    """
    if not templates:
        return DEFAULT_TYPE, None
    wanted = essence((accept or "").partition(",")[0])
    by_type = {essence(name): (name, template) for name, template in templates.items()}
    first = next(iter(by_type.values()))
    return by_type.get(wanted) or by_type.get(DEFAULT_TYPE) or first
