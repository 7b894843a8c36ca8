"""The body and parameters that an integration which is no proxy sends to its endpoint."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apitool.proxy.answer import Answer, refused
from apitool.proxy.compression import inflated
from apitool.proxy.mapping.content import NotBase64Error, as_bytes, request_content
from apitool.proxy.mapping.overrides import Overrides
from apitool.proxy.mapping.parameters import RequestParameters, overridden, request_parameters
from apitool.proxy.mapping.passthrough import request_template
from apitool.proxy.mapping.template import Mapped, mapped
from apitool.proxy.mapping.template_failure import failed_template, needs_text
from apitool.proxy.outcome_texts import NOT_BASE64
from apitool.proxy.velocity.errors import TemplateError
from apitool.proxy.verdict import Finding

if TYPE_CHECKING:
    from apitool.proxy.api import Integration
    from apitool.proxy.execution_log import Journal
    from apitool.proxy.passage import Passage


@dataclass(frozen=True, slots=True)
class MappedRequest:
    """`templated` when a template made the body; otherwise it is the client's."""

    body: bytes
    parameters: RequestParameters
    overrides: Overrides = field(default_factory=Overrides)
    templated: bool = False


def map_request(
    passage: Passage, integration: Integration, journal: Journal, *, now_ms: int
) -> Answer | MappedRequest:
    """The request as the endpoint gets it, or the 415 or 500 that ends it."""
    template = request_template(integration, passage.request.header("Content-Type"))
    if isinstance(template, Finding):
        return refused(passage, "UNSUPPORTED_MEDIA_TYPE", (template,), journal, now_ms=now_ms)
    overrides = Overrides()
    try:
        body = _body(passage, integration, template, overrides)
    except TemplateError as error:
        log, finding = failed_template(error, "request template")
    except NotBase64Error:
        log, finding = NOT_BASE64, needs_text("The request's body is not base64")
    except ValueError as error:
        log, finding = f"Execution failed: {error}", needs_text(f"The request's body is {error}")
    else:
        parameters = overridden(request_parameters(integration, passage.sources({})), overrides)
        return MappedRequest(body, parameters, overrides, templated=template is not None)
    return refused(passage, "DEFAULT_5XX", (finding,), journal, now_ms=now_ms, log=(log,))


def _body(passage: Passage, integration: Integration, template: str | None, overrides: Overrides) -> bytes:
    """Raises TemplateError, NotBase64Error, ValueError."""
    raw = passage.request.body
    if passage.stage.api.minimum_compression_size is not None:
        raw = inflated(raw, passage.request.header("Content-Encoding"))
    content = request_content(raw, binary=passage.binary_body, handling=integration.content_handling)
    if template is None:
        return as_bytes(content)
    if isinstance(content, bytes):
        raise TemplateError("the body is binary, and templates need text", 1)
    return mapped(template, Mapped(content, passage, {}, overrides)).encode(errors="replace")
