"""What may be shown of log text: credentials never, bodies as their shape unless asked for.

API Gateway masks Authorization and x-api-key to their last six characters, but neither cookies nor
X-Amz-Security-Token, nor anything inside a body or a function's own line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from apitool.logs import header_map, shape

HIDDEN = "***"
_NAMES = (
    r"authori[sz]ation|token|cookie|api[-_]?key|secret|passw(?:or)?d|passphrase|credential|signature|"
    r"private[-_]?key|session[-_]?id|jwt|otp|pin[-_]?code"
)
_SECRET_NAME = re.compile(_NAMES, re.IGNORECASE)
_HARMLESS = re.compile(r"authorizer|token[-_]?(?:count|type|use)|tokens", re.IGNORECASE)
_MAPS = (
    "Method request path",
    "Method request query string",
    "Method request headers",
    "Method response headers",
    "Endpoint request headers",
    "Endpoint response headers",
    "Gateway response headers",
)
_BODIES = (
    "Method request body before transformations",
    "Endpoint request body after transformations",
    "Endpoint response body before transformations",
    "Method response body after transformations",
    "Gateway response body",
    "Authorizer result body before parsing",
)
_WHOLE = ("Incoming identity", "Using valid authorizer policy for principal")
_NAME = rf"[\w.$-]*(?:{_NAMES})[\w.$-]*"
_PATTERNS = (
    # "Authorization": "…" and "Authorization": ["…"] in JSON, ends of lines and cut-off strings included
    (re.compile(rf'(?i)("{_NAME}"\s*:\s*)\[[^\]]*\]?'), rf'\1["{HIDDEN}"]'),
    (re.compile(rf'(?i)("{_NAME}"\s*:\s*)"(?:[^"\\]|\\.)*"?'), rf'\1"{HIDDEN}"'),
    (re.compile(rf'(?i)("{_NAME}"\s*:\s*)-?\d[\d.eE+-]*'), rf"\g<1>{HIDDEN}"),
    # the same in a Python dict, or in JSON inside a JSON string
    (re.compile(rf"(?i)('{_NAME}'\s*:\s*)\[[^\]]*\]?"), rf"\1['{HIDDEN}']"),
    (re.compile(rf"(?i)('{_NAME}'\s*:\s*)'(?:[^'\\]|\\.)*'?"), rf"\1'{HIDDEN}'"),
    (re.compile(rf'(?i)(\\+"{_NAME}\\+"\s*:\s*\[?\s*)\\+"(?:(?!\\+").)*(\\+")?'), rf'\1\\"{HIDDEN}\\"'),
    # Cookie: a=b; c=d and Authorization=Bearer …, up to the end of the line or of the map's entry
    (
        re.compile(rf"(?i)(?<![\w\"'])({_NAME}\s?[=:]\s?)(?:(?:Bearer|Basic)\s+)?[^\s,;&}}\"'\]]+"),
        rf"\1{HIDDEN}",
    ),
    (re.compile(r"(?i)\b(Bearer|Basic)\s+[\w.~+/=-]{8,}"), rf"\1 {HIDDEN}"),
    (re.compile(r"\beyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?"), HIDDEN),  # a JWT
    (re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{12,}"), HIDDEN),  # an AWS access key id
)


@dataclass(frozen=True, slots=True)
class Redaction:
    """How much is shown. `bodies` shows them, less what is a credential by its name or form."""

    bodies: bool = False

    def execution_line(self, text: str) -> str:
        """An execution-log line, its prefix taken off."""
        head, colon, rest = text.partition(": ")
        if head in _MAPS:
            return f"{head}{colon}{_map(rest)}"
        if head in _BODIES:
            return f"{head}{colon}{self.body(rest)}"
        return f"{head}{colon}{HIDDEN}" if head in _WHOLE else self.free_text(text)

    def body(self, text: str) -> str:
        return self.free_text(text) if self.bodies else shape.of_text(text)

    @staticmethod
    def free_text(text: str) -> str:
        """Text of which nothing is known: whatever looks like a credential goes."""
        for pattern, instead in _PATTERNS:
            text = pattern.sub(instead, text)
        return text


def is_secret(name: str) -> bool:
    return _SECRET_NAME.search(name) is not None and _HARMLESS.search(name) is None


def _map(text: str) -> str:
    known = header_map.parse(text)
    pairs = tuple(
        (name, HIDDEN if is_secret(name) else Redaction.free_text(value)) for name, value in known.pairs
    )
    return str(header_map.HeaderMap(pairs, known.truncated))
