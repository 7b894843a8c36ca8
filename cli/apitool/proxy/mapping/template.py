"""A mapping template of API Gateway: Velocity with `$input`, `$util`, `$context` and `$stageVariables`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.proxy.mapping.input_object import InputObject
from apitool.proxy.mapping.util_object import UtilObject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.proxy.mapping.overrides import Overrides
    from apitool.proxy.passage import Passage

_UTIL = UtilObject()


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a template is applied to: a body, and the request around it."""

    body: str
    passage: Passage
    more_context: Mapping[str, str]
    overrides: Overrides


def mapped(template: str, subject: Mapped) -> str:
    """The template's text; the overrides it sets are in `subject.overrides` afterwards.

    Raises:
        TemplateError: it can't be parsed or run.
    """
    from apitool.proxy.velocity.render import render  # noqa: PLC0415 - most APIs have no template

    passage = subject.passage
    request = passage.request
    body = InputObject(
        body=subject.body,
        path=passage.path_parameters,
        querystring={name: values[-1] for name, values in request.query.items()},
        headers=dict(passage.headers),
    )
    context = nested({**passage.context, **subject.more_context})
    context["requestOverride"] = subject.overrides.request
    context["responseOverride"] = subject.overrides.response
    return render(
        template,
        {
            "input": body,
            "util": _UTIL,
            "context": context,
            "stageVariables": dict(passage.stage.variables),
        },
    )


def nested(flat: Mapping[str, str]) -> dict[str, object]:
    """`{"identity.sourceIp": "…"}` -> `{"identity": {"sourceIp": "…"}}`; a name under a value is left out."""
    tree: dict[str, object] = {}
    for name, value in flat.items():
        *outer, last = name.split(".")
        table = tree
        for part in outer:
            inner = table.setdefault(part, {})
            if not isinstance(inner, dict):
                break
            table = inner
        else:
            table[last] = value
    return tree
