"""Which table of the file has which keys, and an example of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.project import model, shown

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

    from apitool.project.scan import KeyPath


def _platform(function: KeyPath) -> dict[KeyPath, type[BaseModel]]:
    """The tables in a function's settings, which stand in `[functions]` and in a stage."""
    return {
        (*function, "asynchronous"): model.Asynchronous,
        (*function, "file_system"): model.FileSystem,
        (*function, "json_logs"): model.JsonLogs,
        (*function, "statements", "*"): model.Statement,
        (*function, "vpc"): model.Vpc,
    }


TABLES: dict[KeyPath, type[BaseModel]] = {
    (): model.File,
    ("functions", "*"): model.Function,
    **_platform(("functions", "*")),
    ("tables", "*"): model.Table,
    ("routes", "*"): model.RouteOptions,
    ("routes", "*", "responses", "*"): model.ResponseOptions,
    ("routes", "*", "request_templates", "*"): model.Template,
    ("routes", "*", "responses", "*", "templates", "*"): model.Template,
    ("api",): model.Api,
    ("api", "cors"): model.Cors,
    ("stages", "*"): model.StageSettings,
    ("stages", "*", "throttle"): model.Throttle,
    ("stages", "*", "cache"): model.Cache,
    ("stages", "*", "routes", "*"): model.RouteSettings,
    ("stages", "*", "routes", "*", "throttle"): model.Throttle,
    ("stages", "*", "access_log"): model.AccessLog,
    ("stages", "*", "endpoint"): model.Endpoint,
    ("stages", "*", "domain"): model.Domain,
    ("stages", "*", "domain", "mutual_tls"): model.MutualTls,
    ("stages", "*", "canary"): model.Canary,
    ("stages", "*", "functions", "*"): model.FunctionPlatform,
    **_platform(("stages", "*", "functions", "*")),
    ("authorizers", "*"): model.Authorizer,
    ("api_keys", "*"): model.ApiKey,
    ("usage_plans", "*"): model.UsagePlan,
    ("usage_plans", "*", "throttle"): model.Throttle,
    ("usage_plans", "*", "quota"): model.Quota,
    ("usage_plans", "*", "routes", "*"): model.Throttle,
    ("gateway_responses", "*"): model.GatewayResponse,
    ("review",): model.Review,
    ("review", "waivers", "*"): model.ReviewWaiver,
}
"""The tables of the file by their path; `*` is a name of the user's."""


def pattern(path: KeyPath) -> KeyPath | None:
    """The path of a table as `TABLES` has it, or None when it is no table of settings."""
    return next((each for each in TABLES if _fits(each, path)), None)


def keys(table: KeyPath) -> list[str]:
    """The keys a table of settings may have."""
    found = pattern(table)
    return [] if found is None else list(TABLES[found].model_fields)


def field(path: KeyPath) -> FieldInfo | None:
    """What a key is, or None when it is a name of the user's or an element of an array."""
    table = pattern(path[:-1])
    return None if table is None else TABLES[table].model_fields.get(str(path[-1]))


def home(key: str) -> str | None:
    """The header of the table a key belongs in, e.g. `functions.<name>`; empty for the top of the file."""
    table = next((path for path, fields in TABLES.items() if key in fields.model_fields), None)
    return None if table is None else ".".join("<name>" if part == "*" else str(part) for part in table)


def example(key: str, of: FieldInfo) -> str:
    """How the key is written; tables by their header."""
    value = of.examples[0] if of.examples else of.default
    match key, value:
        case "routes", dict():
            return _section("routes", {f'"{route}"': function for route, function in value.items()})
        case _, dict() if all(isinstance(inner, dict) for inner in value.values()):
            return "\n".join(_section(f"{key}.{name}", inner) for name, inner in value.items())
        case _:
            return f"{key} = {toml(value)}"


def _fits(table: KeyPath, path: KeyPath) -> bool:
    return len(table) == len(path) and all(
        part in {"*", name} for part, name in zip(table, path, strict=True)
    )


def _section(header: str, settings: dict[str, object]) -> str:
    return "\n".join((f"[{header}]", *(f"{key} = {toml(value)}" for key, value in settings.items())))


def toml(value: object) -> str:
    """A value as the file writes it."""
    match value:
        case dict() if value:
            return "{ " + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + " }"
        case dict():
            return "{}"
        case list() | tuple():
            return "[" + ", ".join(map(toml, value)) + "]"
        case _:
            return shown.value(value)
