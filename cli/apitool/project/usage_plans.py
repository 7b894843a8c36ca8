"""Rules of `[api_keys]` and `[usage_plans]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.project import shown
from apitool.project.access import asked_of
from apitool.project.finding import Finding
from apitool.project.suggest import instead

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.project.draft import Draft, QuotaDraft, UsagePlanDraft
    from apitool.project.model import Project
    from apitool.project.scan import KeyPath

_LAST_OFFSET = {"DAY": 0, "WEEK": 6, "MONTH": 27}  # as the provider and API Gateway refuse others


def errors(draft: Draft) -> Iterator[Finding]:
    plans = draft.get("usage_plans", {})
    for name, plan in plans.items():
        key = ("usage_plans", name)
        yield from _missing_keys(key, plan, draft)
        yield from _routes(key, plan, draft)
        yield from _offset((*key, "quota"), plan.get("quota", {}))
    yield from _keys_in_two_plans(plans)


def warnings(project: Project) -> Iterator[Finding]:
    planned = {key for plan in project.usage_plans.values() for key in plan.api_keys}
    for name in project.api_keys:
        if name not in planned:
            what = f"the API key `{name}` is in no usage plan: it opens nothing"
            yield Finding(("api_keys", name), what, fix=f'api_keys = ["{name}"] in a usage plan')
    asking = [route for route in project.routes if asked_of(project, route).api_key]
    if asking and not planned and project.api.api_key_source == "HEADER":
        at: KeyPath = ("routes", asking[0].key, "api_key") if asking[0].api_key else ("api", "api_key")
        what = f"nobody has a key for `{shown.text(asking[0].key)}`, which asks for one"
        yield Finding(at, what, fix='[api_keys.<name>], and api_keys = ["<name>"] in a usage plan')


def _missing_keys(key: KeyPath, plan: UsagePlanDraft, draft: Draft) -> Iterator[Finding]:
    if (known := draft.get("api_keys")) is None:
        return
    for index, name in enumerate(plan.get("api_keys", [])):
        if name not in known:
            what = f"`{shown.dotted((*key, 'api_keys'))}`: there is no API key `{shown.text(name)}`"
            yield Finding((*key, "api_keys", index), what, fix=instead(name, known, kind="keys"))


def _keys_in_two_plans(plans: dict[str, UsagePlanDraft]) -> Iterator[Finding]:
    """API Gateway: one plan for a key and a stage, or it could not tell which holds."""
    first: dict[str, str] = {}
    for name, plan in plans.items():
        for index, key in enumerate(plan.get("api_keys", [])):
            if key in first:
                what = f"the API key `{shown.text(key)}` stands in usage plans twice"
                seen = f"also in `{shown.dotted(('usage_plans', first[key]))}`"
                yield Finding(("usage_plans", name, "api_keys", index), what, seen, "remove one of them")
            first.setdefault(key, name)


def _routes(key: KeyPath, plan: UsagePlanDraft, draft: Draft) -> Iterator[Finding]:
    if (routes := draft.get("routes")) is None:
        return
    for route in plan.get("routes", {}):
        at = (*key, "routes", route)
        if route not in routes:
            what = f"`{shown.dotted(at)}`: there is no route `{shown.text(route)}`"
            yield Finding(at, what, fix=instead(route, routes, kind="routes"))
        elif route.startswith("ANY "):
            what = f"`{shown.dotted(at)}`: API Gateway throttles single methods, and ANY is none"
            yield Finding(at, what, fix="give the method a route of its own")


def _offset(key: KeyPath, quota: QuotaDraft) -> Iterator[Finding]:
    period, offset = quota.get("period"), quota.get("offset", 0)
    if period in _LAST_OFFSET and offset > _LAST_OFFSET[period]:
        most = _LAST_OFFSET[period]
        what = f"`{shown.dotted((*key, 'offset'))}` is at most {most} for a period of one {period}"
        yield Finding((*key, "offset"), what, str(offset), f"offset = {most}")
