"""Rules of what a function has on AWS: settings that need, or exclude, each other; and what a stage changes.

They hold for what counts in the end: the function's own settings, and in each stage those with the stage's
over them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.project import shown
from apitool.project.finding import Finding
from apitool.project.suggest import instead

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.project.draft import Draft, FunctionDraft, PlatformDraft
    from apitool.project.model import Function, Project, Stage
    from apitool.project.scan import KeyPath

_SNAP_START_RUNTIMES = ("python3.12", "python3.13")
_DEFAULT_RUNTIME = "python3.13"
_DEFAULT_STORAGE = 512  # MB, all that SnapStart takes


def functions_at(project: Project, stage: Stage) -> dict[str, Function]:
    """The functions as they are in this stage: what the stage says of them counts, key by key."""
    return {
        name: function.model_copy(update=_said(stage, name)) for name, function in project.functions.items()
    }


def errors(draft: Draft) -> Iterator[Finding]:
    functions = draft.get("functions", {})
    for name, function in functions.items():
        yield from _settings(("functions", name), function, function)
    for stage_name, stage in draft.get("stages", {}).items():
        for name, over in stage.get("functions", {}).items():
            key = ("stages", stage_name, "functions", name)
            if name not in functions and "functions" in draft:
                what = f"`{shown.dotted(key)}`: there is no function `{shown.text(name)}`"
                yield Finding(key, what, fix=instead(name, functions, kind="functions"))
            else:
                together: FunctionDraft = {**functions.get(name, {}), **over}
                yield from _settings(key, together, over)


def _said(stage: Stage, name: str) -> dict[str, object]:
    over = stage.functions.get(name)
    return {} if over is None else {key: getattr(over, key) for key in over.model_fields_set}


def _settings(key: KeyPath, function: FunctionDraft, written: PlatformDraft) -> Iterator[Finding]:
    """What is wrong with `function`, found where at least one of the settings is `written`."""
    if "file_system" in function and "vpc" not in function and "file_system" in written:
        what = f"`{shown.dotted((*key, 'file_system'))}` is reached through a VPC, and there is none"
        yield Finding((*key, "file_system"), what, fix="set `vpc` too, with the file system's mount targets")
    yield from _concurrency(key, function, written)
    if function.get("snap_start") and {"snap_start", *_excluded(function)} & set(written):
        yield from _snap_start(key, function)
    for index, statement in enumerate(written.get("statements", [])):
        if "*" in statement.get("resources", []) and not statement.get("any_resource"):
            what = "a statement for every resource has to say that it means it"
            fix = "name the ARNs; or any_resource = true, where an action has none to name"
            yield Finding((*key, "statements", index, "resources"), what, '"*"', fix)


def _concurrency(key: KeyPath, function: FunctionDraft, written: PlatformDraft) -> Iterator[Finding]:
    provisioned, reserved = function.get("provisioned_concurrency"), function.get("reserved_concurrency")
    if provisioned is None or reserved is None or provisioned <= reserved:
        return
    setting = "provisioned_concurrency" if "provisioned_concurrency" in written else "reserved_concurrency"
    what = "`provisioned_concurrency` is a part of `reserved_concurrency`, at most all of it"
    yield Finding((*key, setting), what, f"{provisioned} of {reserved}", "reserve more, or provision less")


def _excluded(function: FunctionDraft) -> list[str]:
    """What is set and goes with no SnapStart."""
    storage = function.get("ephemeral_storage", _DEFAULT_STORAGE) != _DEFAULT_STORAGE
    set_too = [each for each in ("provisioned_concurrency", "file_system") if each in function]
    return [*set_too, *(["ephemeral_storage"] if storage else [])]


def _snap_start(key: KeyPath, function: FunctionDraft) -> Iterator[Finding]:
    """https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html#snapstart-runtimes."""
    runtime = function.get("runtime", _DEFAULT_RUNTIME)
    if runtime not in _SNAP_START_RUNTIMES:
        what = "SnapStart is for python3.12 and later"
        yield Finding((*key, "snap_start"), what, runtime, 'runtime = "python3.13"')
    for other in _excluded(function):
        what = f"SnapStart and `{other}` exclude each other"
        yield Finding((*key, "snap_start"), what, "both", "take one of them out")
