"""The typed project: what `apitool.toml` says, after validation.

Everything downstream reads `Project` and never the file. Defaults live here and nowhere else; units are in
the names or the descriptions. `File` is the file's own shape, from which the JSON Schema for editors is made;
its rules about one value are in `values.py`, those about several in the rule files. What a name turns into on
AWS is in `names.py`. One file holds one table.
"""

from apitool.project.model.api import Api, Cors
from apitool.project.model.authorizer import Authorizer
from apitool.project.model.fields import (
    GATEWAY_TIMEOUT_MS,
    Architecture,
    HttpMethod,
    KeyType,
    LogLevel,
    Runtime,
)
from apitool.project.model.file import File, Project
from apitool.project.model.function import Function
from apitool.project.model.function_platform import (
    Asynchronous,
    FileSystem,
    FunctionPlatform,
    JsonLogs,
    Statement,
    Vpc,
)
from apitool.project.model.gateway_response import GatewayResponse
from apitool.project.model.integration import IntegrationOptions, ResponseOptions, Template
from apitool.project.model.review import Review, ReviewWaiver
from apitool.project.model.route import Route, RouteOptions
from apitool.project.model.route_settings import Cache, RouteSettings
from apitool.project.model.stage import Stage, StageSettings
from apitool.project.model.stage_edge import AccessLog, Canary, Domain, Endpoint, MutualTls
from apitool.project.model.table import Table
from apitool.project.model.throttle import Throttle
from apitool.project.model.usage_plan import ApiKey, Quota, UsagePlan

__all__ = [
    "GATEWAY_TIMEOUT_MS",
    "AccessLog",
    "Api",
    "ApiKey",
    "Architecture",
    "Asynchronous",
    "Authorizer",
    "Cache",
    "Canary",
    "Cors",
    "Domain",
    "Endpoint",
    "File",
    "FileSystem",
    "Function",
    "FunctionPlatform",
    "GatewayResponse",
    "HttpMethod",
    "IntegrationOptions",
    "JsonLogs",
    "KeyType",
    "LogLevel",
    "MutualTls",
    "Project",
    "Quota",
    "ResponseOptions",
    "Review",
    "ReviewWaiver",
    "Route",
    "RouteOptions",
    "RouteSettings",
    "Runtime",
    "Stage",
    "StageSettings",
    "Statement",
    "Table",
    "Template",
    "Throttle",
    "UsagePlan",
    "Vpc",
]
