"""The project as variables of the root module, where its modules are, and where its state is."""

from __future__ import annotations

from pathlib import Path

import pytest

from apitool.errors import ApitoolError
from apitool.project.model import (
    AccessLog,
    Api,
    Canary,
    Cors,
    Domain,
    Endpoint,
    Function,
    FunctionPlatform,
    Project,
    Route,
    Stage,
    Statement,
    Table,
    Throttle,
    Vpc,
)
from apitool.terraform import roots
from apitool.terraform.backend import S3Backend, account_key, stage_key
from apitool.terraform.redaction import secrets_of
from apitool.terraform.variables import Hosting, Package, api_variables

FUNCTION = Function(
    source=Path("src"),
    handler="app.handler",
    environment={"LOG_LEVEL": "INFO", "TEXT": "${not} %{a template}"},
    tables={"TABLE_NAME": "orders"},
)
NLB = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/internal/0a1b2c3d4e5f6071"
STAGE = Stage(
    name="prod", throttle=Throttle(rate=50, burst=100), variables={"colour": "blue"}, tags={"a": "b"}
)


@pytest.fixture
def project(tmp_path):
    def make(**more) -> Project:
        return Project.model_construct(
            root=tmp_path,
            file=tmp_path / "apitool.toml",
            name="orders",
            region="eu-central-1",
            tables={"orders": Table(hash_key="orderId")},
            routes=(Route(method="GET", path="/orders", function="orders"),),
            stages={"prod": STAGE},
            **({"api": Api(), "functions": {"orders": FUNCTION}} | more),
        )

    return make


PLATFORM = {
    "tracing": False,
    "json_logs": None,
    "log_kms_key_arn": None,
    "kms_key_arn": None,
    "ephemeral_storage": 512,
    "layers": [],
    "vpc": None,
    "file_system": None,
    "reserved_concurrency": None,
    "provisioned_concurrency": None,
    "snap_start": False,
    "version_weights": {},
    "asynchronous": None,
    "dead_letter_arn": None,
    "code_signing_config_arn": None,
    "statements": [],
    "permissions_boundary": None,
}
UNGUARDED = {"api_key_source": "HEADER", "minimum_compression_size": None}
"""What an API says about its callers when it says nothing."""
EDGE = {
    "canary": None,
    "client_certificate": False,
    "disable_execute_api_endpoint": False,
    "domain": None,
    "endpoint": {"type": "REGIONAL", "ip_address_type": None, "vpc_endpoint_ids": []},
    "log_kms_key_arn": None,
    "production": False,
    "resource_policy": None,
    "tracing": False,
    "vpc_links": {},
    "web_acl_arn": None,
}
PACKAGES = {"orders": Package(Path("/p/orders.zip"), "3q2+7w==")}


def test_the_whole_shape(project):
    assert api_variables(project(), STAGE, PACKAGES, account_id="123456789012") == {
        "name": "orders",
        "stage": "prod",
        "region": "eu-central-1",
        "account_id": "123456789012",
        "api": {"name": "orders-prod", "description": None, "binary_media_types": [], "cors": None}
        | UNGUARDED,
        "openapi": None,
        "routes": {"GET /orders": {"function": "orders", "timeout_ms": 29_000}},
        "functions": {
            "orders": {
                "name": "orders-prod-orders",
                "handler": "app.handler",
                "runtime": "python3.13",
                "architecture": "arm64",
                "memory": 256,
                "timeout": 10,
                "environment": {"LOG_LEVEL": "INFO", "TEXT": "${not} %{a template}"},
                "tables": {"TABLE_NAME": "orders"},
                "log_retention_days": 30,
                "package": {"file": "packages/orders.zip", "sha256": "3q2+7w=="},
                "description": None,
                **PLATFORM,
            }
        },
        "tables": {
            "orders": {
                "name": "orders-prod-orders",
                "hash_key": "orderId",
                "hash_key_type": "S",
                "range_key": None,
                "range_key_type": "S",
                "ttl_attribute": None,
                "point_in_time_recovery": True,
                "deletion_protection": False,
            }
        },
        "authorizers": {},
        "api_keys": {},
        "usage_plans": {},
        "models": {},
        "gateway_responses": {},
        "throttle": {"rate": 50, "burst": 100},
        "cache": None,
        "metrics": True,
        "route_settings": {},
        "access_logs": {"group": "/aws/apigateway/orders-prod/access"},
        **EDGE,
        "log_retention_days": 30,
        "stage_variables": {"colour": "blue"},
        "tags": {"a": "b"},
    }


def test_what_a_stage_says_of_a_function_counts_there_key_by_key(project):
    function = Function(
        source=Path("src"),
        handler="app.handler",
        tracing=True,
        vpc=Vpc(subnet_ids=("subnet-1",), security_group_ids=("sg-1",)),
        statements=(Statement(actions=("sqs:SendMessage",), resources=("arn:aws:sqs:a:1:q",)),),
    )
    stage = Stage(
        name="prod",
        functions={"orders": FunctionPlatform(reserved_concurrency=5, statements=(), tracing=False)},
    )
    made = api_variables(project(functions={"orders": function}), stage, PACKAGES)["functions"]["orders"]
    assert {key: made[key] for key in PLATFORM} == PLATFORM | {
        "reserved_concurrency": 5,
        "vpc": {"subnet_ids": ["subnet-1"], "security_group_ids": ["sg-1"], "ipv6": False},
    }


AROUND = Stage(
    name="prod",
    access_log=AccessLog(fields={"tenant": "$context.authorizer.tenant"}),
    canary=Canary(percent=10, variables={"color": "green"}),
    client_certificate=True,
    domain=Domain(name="api.example.com", base_path="orders"),
    endpoint=Endpoint(
        type="private", ip_address_type="dualstack", vpc_endpoint_ids=("vpce-1",), disabled=True
    ),
    resource_policy=Path("policy.json"),
    vpc_links={"internal": NLB},
)


def test_what_is_around_a_stage(project, tmp_path):
    (tmp_path / "policy.json").write_text('{"Statement": []}')
    made = api_variables(project(), AROUND, PACKAGES)
    assert {key: made[key] for key in EDGE} == EDGE | {
        "canary": {
            "percent": 10.0,
            "deployment_id": None,
            "variables": {"color": "green"},
            "use_cache": False,
        },
        "client_certificate": True,
        "disable_execute_api_endpoint": True,
        "domain": {
            "name": "api.example.com",
            "base_path": "orders",
            "certificate_arn": None,
            "endpoint_type": "REGIONAL",
            "ip_address_type": None,
            "security_policy": "TLS_1_2",
            "zone_id": None,
            "mutual_tls": None,
            "ownership_verification_certificate_arn": None,
        },
        "endpoint": {"type": "PRIVATE", "ip_address_type": "dualstack", "vpc_endpoint_ids": ["vpce-1"]},
        "resource_policy": '{"Statement": []}',
        "vpc_links": {"internal": {"name": "orders-prod-internal", "load_balancer_arn": NLB}},
    }
    assert made["access_logs"] == {
        "group": "/aws/apigateway/orders-prod/access",
        "destination_arn": None,
        "fields": {"tenant": "$context.authorizer.tenant"},
        "format": None,
    }


def test_the_embedded_aws_has_one_kind_of_endpoint_and_no_domains(project, tmp_path):
    (tmp_path / "policy.json").write_text('{"Statement": []}')
    made = api_variables(project(), AROUND, PACKAGES, hosting=Hosting("python3.11", "x86_64"))
    dropped = ("client_certificate", "disable_execute_api_endpoint", "domain", "endpoint", "web_acl_arn")
    assert {key: made[key] for key in dropped} == {key: EDGE[key] for key in dropped}
    assert made["resource_policy"] == '{"Statement": []}'


def test_what_may_be_missing_is_null(project):
    plain = Stage(name="dev", access_logs=False)
    variables = api_variables(project(), plain, PACKAGES)
    assert [variables[key] for key in ("account_id", "throttle", "access_logs")] == [None, None, None]


def test_cors_and_binary_types(project):
    api = Api(description="d", binary_media_types=("image/png",), cors=Cors(allow_origin="https://x.example"))
    assert (
        api_variables(project(api=api), STAGE, PACKAGES)["api"]
        == {
            "name": "orders-prod",
            "description": "d",
            "binary_media_types": ["image/png"],
            "cors": {
                "allow_origin": "https://x.example",
                "allow_methods": [],
                "allow_headers": ["Content-Type", "Authorization"],
                "allow_credentials": False,
                "max_age": 600,
            },
        }
        | UNGUARDED
    )


def test_the_embedded_aws_says_what_functions_run_on(project):
    functions = api_variables(project(), STAGE, PACKAGES, hosting=Hosting("python3.11", "x86_64"))[
        "functions"
    ]
    assert (functions["orders"]["runtime"], functions["orders"]["architecture"]) == ("python3.11", "x86_64")


def test_the_embedded_aws_keeps_its_instances_ready_without_being_asked(project):
    function = FUNCTION.model_copy(update={"snap_start": True, "provisioned_concurrency": 2})
    made = api_variables(
        project(functions={"orders": function}), STAGE, PACKAGES, hosting=Hosting("python3.11", "x86_64")
    )["functions"]["orders"]
    assert (made["snap_start"], made["provisioned_concurrency"]) == (False, None)


def test_a_package_is_named_the_same_on_every_machine(project):
    names = {
        api_variables(project(), STAGE, {"orders": Package(folder / "a.zip", "x")})["functions"]["orders"][
            "package"
        ]["file"]
        for folder in (Path("/here/.apitool/packages"), Path("/there"), Path())
    }
    assert names == {"packages/a.zip"}


def test_a_package_that_lambda_takes_from_s3_is_named_by_its_object_alone(project):
    there = Package(Path("/p/orders.zip"), "3q2+7w==", ("bucket", "packages/orders.zip", "v1"))
    made = api_variables(project(), STAGE, {"orders": there})
    assert made["functions"]["orders"]["package"] == {
        "sha256": "3q2+7w==",
        "s3": {"bucket": "bucket", "key": "packages/orders.zip", "version": "v1"},
    }


def test_the_secrets_are_the_environments_and_the_stage_variables(project):
    assert secrets_of(api_variables(project(), STAGE, PACKAGES)) == ("INFO", "${not} %{a template}", "blue")
    assert secrets_of({}) == secrets_of({"functions": None, "stage_variables": 1}) == ()


def module(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "main.tf").write_text("")
    return folder


def test_a_projects_own_root_module_goes_first_then_the_installed_then_the_checkout(tmp_path):
    package = tmp_path / "checkout" / "cli" / "apitool"
    checkout = module(tmp_path / "checkout" / "terraform" / "api")
    assert roots.find("api", tmp_path / "project", package=package) == checkout
    installed = module(package / "_terraform" / "api")
    assert roots.find("api", tmp_path / "project", package=package) == installed
    own = module(tmp_path / "project" / "terraform" / "api")
    assert roots.find("api", tmp_path / "project", package=package) == own


def test_a_missing_root_module_says_where_it_was_looked_for(tmp_path):
    with pytest.raises(ApitoolError, match="`account` is missing") as caught:
        roots.find("account", tmp_path, package=tmp_path / "x" / "y")
    assert str(tmp_path / "terraform" / "account") in caught.value.problems[0].seen


@pytest.mark.parametrize("root", ["api", "account"])
def test_the_shipped_ones_are_found(tmp_path, root):
    assert (roots.find(root, tmp_path) / "variables.tf").exists()


def test_the_state_is_encrypted_and_locked_in_its_bucket():
    backend = S3Backend("tfstate", stage_key("orders", "prod"), "eu-central-1")
    assert backend.settings() == {
        "bucket": "tfstate",
        "key": "orders/prod.tfstate",
        "region": "eu-central-1",
        "encrypt": True,
        "use_lockfile": True,
    }
    assert account_key("eu-central-1") == "account/eu-central-1.tfstate"


def test_the_embedded_aws_has_nothing_to_validate():
    settings = S3Backend("tfstate", "k", "eu-central-1", embedded=True).settings()
    assert settings["use_path_style"] is True
    assert sum(key.startswith("skip_") and value is True for key, value in settings.items()) == 4
