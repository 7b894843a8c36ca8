"""An integration response applied to what an endpoint answered: status, headers, body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.proxy.integrations.remapped_headers import remapped
from apitool.proxy.integrations.response_selection import select_response, unmatched
from apitool.proxy.mapped_values import EndpointAnswer
from apitool.proxy.mapping.content import NotBase64Error, as_bytes, response_content
from apitool.proxy.mapping.parameters import response_headers
from apitool.proxy.mapping.passthrough import response_template
from apitool.proxy.mapping.template import Mapped, mapped
from apitool.proxy.mapping.template_failure import failed_template, needs_text
from apitool.proxy.outcome_texts import NOT_BASE64
from apitool.proxy.velocity.errors import TemplateError
from apitool.proxy.verdict import Finding, Verdict

if TYPE_CHECKING:
    from apitool.proxy.api import Integration, IntegrationResponse
    from apitool.proxy.mapping.overrides import Overrides
    from apitool.proxy.passage import Passage
    from apitool.proxy.request import Headers

OK = 200


@dataclass(frozen=True, slots=True)
class EndpointReply:
    """`selector` is what patterns are matched against; `status` the endpoint's own."""

    status: int
    selector: str
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class MappingFailure:
    """The answer can't be mapped: a 500 with `log` in the execution log."""

    log: str
    finding: Finding
    response_type: str = "DEFAULT_5XX"


def map_response(
    passage: Passage, integration: Integration, reply: EndpointReply, overrides: Overrides
) -> Verdict | MappingFailure:
    """What the client gets for an endpoint's answer, or why it can't be told."""
    response = select_response(integration.responses, reply.selector)
    if response is None:
        log, finding = unmatched(reply.status)
        return MappingFailure(log, finding, "API_CONFIGURATION_ERROR")
    accept = passage.request.header("Accept")
    media_type, template = response_template(dict(response.templates), accept)
    try:
        body = _body(passage, response, reply, template, overrides)
    except TemplateError as error:
        return MappingFailure(*failed_template(error, f"response template for {media_type}"))
    except NotBase64Error:
        return MappingFailure(NOT_BASE64, needs_text("The endpoint's answer is not base64"))
    answer = EndpointAnswer(reply.headers, reply.body)
    headers = remapped(response_headers(response, passage.sources({}), answer, overrides), proxied=False)
    return Verdict(
        accepted=True,
        status=overrides.status or response.status,
        headers=typed(headers, media_type),
        body=body,
        integration_status=reply.status,
    )


def typed(headers: Headers, media_type: str) -> Headers:
    """A Content-Type that was mapped wins over the template's."""
    if any(name.lower() == "content-type" for name, _ in headers):
        return headers
    return (("Content-Type", media_type), *headers)


def _body(
    passage: Passage,
    response: IntegrationResponse,
    reply: EndpointReply,
    template: str | None,
    overrides: Overrides,
) -> bytes:
    """Raises TemplateError, NotBase64Error."""
    content_type = next((value for name, value in reply.headers if name.lower() == "content-type"), None)
    content = response_content(
        reply.body,
        content_type,
        passage.request.header("Accept"),
        binary_types=passage.stage.api.binary_media_types,
        handling=response.content_handling,
    )
    if template is None:
        return as_bytes(content)
    if isinstance(content, bytes):
        raise TemplateError("the body is binary, and templates need text", 1)
    return mapped(template, Mapped(content, passage, {}, overrides)).encode(errors="replace")
