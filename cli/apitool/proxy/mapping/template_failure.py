"""A mapping template that can't be run. AWS answers 500 (its documentation); its log text is not recorded, so
the line says it in our words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.outcome_texts import CONFIGURATION
from apitool.proxy.verdict import Finding

if TYPE_CHECKING:
    from apitool.proxy.velocity.errors import TemplateError


def failed_template(error: TemplateError, which: str) -> tuple[str, Finding]:
    """The line for the log, and the finding: which template, which line of it, what is wrong."""
    finding = Finding(
        rule="mapping.template",
        what=f"The {which} can't be run, line {error.line}: {error.what}",
        fix=f"Correct line {error.line} of the template and redeploy",
        seen=f"line {error.line}",
        recorded=False,
    )
    return f"{CONFIGURATION}Unable to transform with the {which}: {error}", finding


def needs_text(what: str) -> Finding:
    return Finding(
        rule="mapping.not-base64",
        what=f"{what}, and contentHandling wants bytes made of it",
        fix="Send base64, or change contentHandling or binaryMediaTypes",
        recorded=False,
    )
