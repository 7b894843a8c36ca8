"""The handler named in apitool.toml exists and can be called with (event, context).

Read from the source by `ast`: importing it would run the user's code, with this machine's packages.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from apitool.errors import Place, UsageError
from apitool.package import syntax

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from apitool.package.source import SourceFile, SourceTree

ARGUMENTS = 2  # event, context


class Handler(NamedTuple):
    """`module.function` as Lambda reads it: split at the last dot; slashes and dots both separate folders."""

    text: str

    @property
    def function(self) -> str:
        return self.text.rpartition(".")[2]

    @property
    def files(self) -> tuple[str, str]:
        """Where the module may stand: a file, or a package of that name. Python prefers the package."""
        base = self.text.rpartition(".")[0].replace(".", "/")
        return f"{base}/__init__.py", f"{base}.py"


def check(handler: Handler, tree: SourceTree, python: str) -> bool:
    """Whether the handler's module is in the source.

    Raises UsageError when it is there, and the function is not, or can't be called.
    """
    by_name = {file.name: file for file in tree.files}
    file = next((by_name[name] for name in handler.files if name in by_name), None)
    if file:
        _check_function(handler, file, python)
    return file is not None


def check_installed(handler: Handler, tree: SourceTree, installed: Collection[str]) -> None:
    """A handler that isn't in the source may be a dependency's: `installed` are the names of their files.

    Raises UsageError when it is nowhere.
    """
    if not set(handler.files) & set(installed):
        raise _no_module(handler, tree)


def _no_module(handler: Handler, tree: SourceTree) -> UsageError:
    from difflib import get_close_matches  # noqa: PLC0415 - 2 ms, for who mistyped

    modules = [file.name for file in tree.files if file.name.endswith(".py")]
    near = get_close_matches(handler.files[1], modules, n=1)
    shown = ", ".join((near or modules)[:5])
    return UsageError(
        f"handler `{handler.text}`: there is no `{handler.files[1]}` in `{tree.root}`",
        seen=f"Python files there: {shown}" if shown else "no Python file there",
        fix="correct `handler` in apitool.toml: `module.function`, folders separated by dots",
    )


def _check_function(handler: Handler, file: SourceFile, python: str) -> None:
    module = syntax.tree(file.read(), python)
    if module is None:  # newer syntax than this Python reads
        return
    bound = dict(_bindings(module.body))
    if handler.function not in bound:
        if "*" not in bound:
            raise _no_function(handler, file, bound)
        return
    node = bound[handler.function]
    if isinstance(node, ast.AsyncFunctionDef):
        raise _uncallable(handler, file, node, "it is `async`, which Lambda's Python runtimes don't await")
    # A decorator may change what a function takes, so only bare ones are judged.
    if isinstance(node, ast.FunctionDef) and not node.decorator_list and not _takes_two(node.args):
        raise _uncallable(handler, file, node, f"it takes ({ast.unparse(node.args)})")


def _takes_two(arguments: ast.arguments) -> bool:
    positional = len(arguments.posonlyargs) + len(arguments.args)
    required = positional - len(arguments.defaults)
    keywords_required = any(default is None for default in arguments.kw_defaults)
    enough = positional >= ARGUMENTS or arguments.vararg is not None
    return required <= ARGUMENTS and enough and not keywords_required


def _no_function(handler: Handler, file: SourceFile, bound: dict[str, ast.stmt]) -> UsageError:
    from difflib import get_close_matches  # noqa: PLC0415 - as above

    functions = [name for name, node in bound.items() if isinstance(node, ast.FunctionDef)]
    near = get_close_matches(handler.function, functions, n=1, cutoff=0.4)
    better = f"{handler.text.rpartition('.')[0]}.{near[0]}" if near else "module.function"
    return UsageError(
        f"handler `{handler.text}`: `{file.name}` has no `{handler.function}`",
        place=Place(file.path, 1),
        seen=f"functions there: {', '.join(functions[:8]) or 'none'}",
        fix=f'set handler = "{better}" in apitool.toml',
    )


def _uncallable(handler: Handler, file: SourceFile, node: ast.stmt, seen: str) -> UsageError:
    return UsageError(
        f"handler `{handler.text}` can't be called with (event, context)",
        place=Place(file.path, node.lineno, node.col_offset + 1),
        seen=seen,
        fix=f"def {handler.function}(event, context): …",
    )


def _bindings(body: list[ast.stmt]) -> Iterator[tuple[str, ast.stmt]]:
    """Names that the module has at its top level after import; "*" when a star import may bring any."""
    for node in body:
        yield from ((name, node) for name in _names(node))
        for inner in _blocks(node):
            yield from _bindings(inner)


def _names(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Import(names=aliases):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in aliases)
        case ast.ImportFrom(names=aliases):
            yield from (alias.asname or alias.name for alias in aliases)
        case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
            stored = (part for part in ast.walk(node) if isinstance(part, ast.Name))
            yield from (name.id for name in stored if isinstance(name.ctx, ast.Store))
        case _:
            pass


def _blocks(node: ast.stmt) -> Iterator[list[ast.stmt]]:
    """The bodies of `if`, `try`, `with` and loops, which run when the module does."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return
    for name in ("body", "orelse", "finalbody"):
        if inner := getattr(node, name, None):
            yield inner
    for handled in getattr(node, "handlers", []):
        yield handled.body
