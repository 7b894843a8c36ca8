"""AWS's limits, at the last value that is taken and the first that is refused."""

from __future__ import annotations

import pytest
from tests.project.example import changed, problems, rendered, warnings

HANDLER = 'handler = "app.handler"\n'
ROUTE = '"GET /orders" = "orders"\n'
LOCAL = "local = true\n"


def whats(folder, content):
    return [problem.what for problem in problems(folder, content)]


def test_a_function_has_64_characters_with_project_and_stage(tmp_path):
    def named(length: int) -> str:
        name = "x" * (length - len("orders-dev-"))
        return changed("[functions.orders]", f"[functions.{name}]").replace(
            '= "orders"\n\n[s', f'= "{name}"\n\n[s'
        )

    assert problems(tmp_path, named(64)) == ()
    assert rendered(problems(tmp_path, named(65))).splitlines()[-2:] == [
        f"seen: `orders-dev-{'x' * 54}`, 65 characters",
        "fix:  shorten the name of project, stage or function by 1",
    ]


def test_the_longest_stage_counts_for_names(tmp_path):
    content = changed("[stages.dev]", f"[stages.{'s' * 60}]\n[stages.dev]")
    assert len(problems(tmp_path, content)) == 1


def test_the_environment_has_4096_bytes_as_json_with_the_names_of_the_tables(tmp_path):
    around = len('{"TABLE_NAME":"orders-dev-orders","TEXT":""}')

    def filled(size: int) -> str:
        return changed(HANDLER, f'{HANDLER}environment = {{ TEXT = "{"x" * (size - around)}" }}\n')

    assert problems(tmp_path, filled(4096)) == ()
    assert rendered(problems(tmp_path, filled(4097))) == (
        "7:1 `functions.orders` has too large an environment; Lambda takes 4,096 bytes\n"
        "seen: 4,097 bytes\n"
        "fix:  put the bulk in a file beside the code, or in the Parameter Store"
    )


def test_an_api_has_300_resources_and_the_root_is_one(tmp_path):
    def wide(count: int) -> str:
        return changed(ROUTE, "".join(f'"GET /r{number}" = "orders"\n' for number in range(count)))

    assert problems(tmp_path, wide(299)) == ()
    assert rendered(problems(tmp_path, wide(302))) == (
        "312:1 a RestApi has at most 300 resources, one for each part of a path\n"
        "seen: 303 resources\n"
        "fix:  use `{parameters}` or `{proxy+}`, or split the API"
    )


@pytest.mark.parametrize(("section", "most"), [("variables", 100), ("tags", 50)])
def test_a_stage_has_so_many_variables_and_tags(section, most, tmp_path):
    def filled(count: int) -> str:
        entries = "".join(f'k{number} = "x"\n' for number in range(count))
        return changed(LOCAL, f"{LOCAL}[stages.dev.{section}]\n{entries}")

    assert problems(tmp_path, filled(most)) == ()
    assert whats(tmp_path, filled(most + 1)) == [f"`stages.dev.{section}` has more than {most}"]


@pytest.mark.parametrize(
    ("setting", "good", "bad"),
    [
        ("memory = {}", (128, 10_240), (127, 10_241)),
        ("timeout = {}", (1, 28), (0, 901)),
        ("log_retention_days = {}", (1, 3653), (2, 3654)),
        ('handler = "app.{}"', ("a" * 124,), ("a" * 125,)),
        ('environment = {{ AB = "{}" }}', ("",), ("\\u0000",)),
        ("environment = {{ {} = 'x' }}", ("A1", "a_"), ("A", "1A", "_HANDLER", "AWS_SESSION_TOKEN")),
    ],
)
def test_a_function_takes_the_last_good_value_and_not_the_next(setting, good, bad, tmp_path):
    def with_setting(value: object) -> str:
        text = setting.format(value) + "\n"
        return changed(HANDLER, text if text.startswith("handler") else HANDLER + text)

    assert [problems(tmp_path, with_setting(value)) for value in good] == [()] * len(good)
    assert [len(problems(tmp_path, with_setting(value))) for value in bad] == [1] * len(bad)


@pytest.mark.parametrize(
    ("setting", "good", "bad"),
    [
        ("variables = {{ {} = 'x' }}", ("a" * 64, "1"), ("a" * 65, '""')),
        ("variables = {{ v = '{}' }}", ("x" * 512, "-._~:/?#&=,"), ("x" * 513, "", "a b", "ä", "%")),
        (
            "tags = {{ '{}' = 'x' }}",
            ("k" * 128, "a b", "größe", "a:b/c=d+e-f@g"),
            ("k" * 129, "", "AWS:x", "a*"),
        ),
        ("tags = {{ k = '{}' }}", ("v" * 256, ""), ("v" * 257, "a;b")),
        ("throttle = {{ rate = {}, burst = 1 }}", (0.5, 10_000), (0, -1, "nan", "inf", "true")),
        ("throttle = {{ rate = 1, burst = {} }}", (1, 5_000), (0, -1, 1.5)),
        ('log_level = "{}"', ("off", "error", "info", "full"), ("OFF", "ERROR", "")),
    ],
)
def test_a_stage_takes_the_last_good_value_and_not_the_next(setting, good, bad, tmp_path):
    contents = [
        [changed(LOCAL, f"{LOCAL}{setting.format(value)}\n") for value in values] for values in (good, bad)
    ]
    assert [problems(tmp_path, content) for content in contents[0]] == [()] * len(good)
    assert [len(problems(tmp_path, content)) for content in contents[1]] == [1] * len(bad)
    assert [warnings(tmp_path, content) for content in contents[0]] == [()] * len(good)


@pytest.mark.parametrize(("timeout", "warned"), [(28, False), (29, True), (900, True)])
def test_a_function_stops_before_the_gateway_does(timeout, warned, tmp_path):
    content = changed(HANDLER, f"{HANDLER}timeout = {timeout}\n")
    assert bool(warnings(tmp_path, content)) is warned


@pytest.mark.parametrize(("timeout_ms", "taken"), [(50, True), (49, False), (29_000, True), (29_001, False)])
def test_the_gateway_waits_50_to_29000_milliseconds(timeout_ms, taken, tmp_path):
    content = changed(ROUTE, f'"GET /orders" = {{ function = "orders", timeout_ms = {timeout_ms} }}\n')
    assert (problems(tmp_path, content) == ()) is taken
