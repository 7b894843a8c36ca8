"""python-terraform, with its argument building kept and its running replaced. Nothing outside knows its name.

Kept: `generate_cmd_string` and the variable files. Replaced, with what was found in 0.10.1:
- `cmd` collects all output until the end and leaves Terraform alone when Python is interrupted: ours follows.
- `__getattr__` runs `terraform <typo>` for a mistyped method, and configures the root logger: switched off.
- `read_state_file` looks for a local state after every command: there is none.
- its logger writes variables, which are secrets: silenced.
- variable files stay in the temporary folder when the binary is missing: removed in `finally`.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import python_terraform

from apitool.terraform import process

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from apitool.terraform.arguments import Invocation, Value
    from apitool.terraform.process import Finished, Watcher

logging.getLogger("python_terraform").disabled = True


class Runner(python_terraform.Terraform):  # type: ignore[misc]  # the library has no types
    """Runs one binary in one root module. Output goes to `{logs}/{command}.jsonl` and `.err`."""

    def __init__(self, binary: Path, root: Path, environment: Mapping[str, str], logs: Path) -> None:
        super().__init__(working_dir=str(root), terraform_bin_path=str(binary), is_env_vars_included=False)
        self._root = root
        self._environment = environment
        self._logs = logs

    def __getattr__(self, item: str) -> Any:  # noqa: ANN401 - the base's attributes have no types
        raise AttributeError(f"{type(self).__name__} has no attribute {item!r}")

    def argv(self, invocation: Invocation) -> tuple[str, ...]:
        flags = dict.fromkeys(invocation.flags, python_terraform.IsFlagged)
        return tuple(
            self.generate_cmd_string(invocation.command, *invocation.arguments, **flags, **invocation.options)
        )

    def run(
        self,
        invocation: Invocation,
        watcher: Watcher,
        inherited: tuple[int, ...] = (),
        patience: float | None = None,
    ) -> Finished:
        """`patience` in seconds. Raises ApitoolError when the binary can't be started."""
        flags = dict.fromkeys(invocation.flags, python_terraform.IsFlagged)
        return self.cmd(
            invocation.command,
            *invocation.arguments,
            watcher=watcher,
            inherited=inherited,
            patience=patience,
            **flags,
            **invocation.options,
        )

    def cmd(
        self,
        cmd: str,
        *args: str,
        watcher: Watcher,
        inherited: tuple[int, ...] = (),
        patience: float | None = None,
        **options: Value | type[python_terraform.IsFlagged],
    ) -> Finished:
        try:
            program = process.Program(
                argv=tuple(self.generate_cmd_string(cmd, *args, **options)),
                folder=self._root,
                environment=self._environment,
                stdout=self.stdout_of(cmd),
                stderr=self.stderr_of(cmd),
                inherited=inherited,
                patience=patience,
            )
            return process.run(program, watcher)
        finally:
            self.temp_var_files.clean_up()

    def stdout_of(self, cmd: str) -> Path:
        return self._logs / f"{cmd.replace(' ', '-')}.jsonl"

    def stderr_of(self, cmd: str) -> Path:
        return self._logs / f"{cmd.replace(' ', '-')}.err"

    def read_state_file(self, file_path: str | None = None) -> None:
        """Nothing to read: the state is in the backend."""
