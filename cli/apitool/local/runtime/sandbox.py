"""The process of a worker: started from nothing, killed with everything it started."""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from apitool.local.runtime.environment import worker_environment
from apitool.local.runtime.orphan_guard import OrphanGuard, kill_group

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.local.runtime.function import FunctionVersion
    from apitool.local.runtime.log_lines import RuntimeVersion
    from apitool.local.runtime.runtime_root import Client

_BOOTSTRAP = Path(__file__).with_name("bootstrap.py")


@dataclass(frozen=True, slots=True)
class SandboxSettings:
    """What all workers of a runtime have in common."""

    client: Client
    runtime_root: Path
    runtime_version: RuntimeVersion
    folder: Path  # holds every worker's temporary folder; the guard removes it
    variables: Mapping[str, str]  # credentials, AWS_ENDPOINT_URL
    guard: OrphanGuard


class Sandbox:
    """One process in a session and process group of its own."""

    def __init__(self, process: asyncio.subprocess.Process, guard: OrphanGuard, temporary: Path) -> None:
        self.pid = process.pid
        self._temporary = temporary
        self._process = process
        self._guard = guard

    @classmethod
    async def start(
        cls,
        settings: SandboxSettings,
        function: FunctionVersion,
        *,
        stream: str,
        api: str,
        channel: int,
        output: int,
    ) -> Sandbox:
        """`output` is the descriptor that becomes stdout and stderr, `channel` one that stays what it is, and
        `api` the address of the Runtime API.
        """
        temporary = Path(tempfile.mkdtemp(dir=settings.folder))
        process = await asyncio.create_subprocess_exec(
            *worker_command(settings, function, channel),
            cwd=function.code,
            env=worker_environment(
                function,
                runtime_root=settings.runtime_root,
                temporary=temporary,
                stream=stream,
                api=api,
                sandbox=settings.variables,
            ),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            pass_fds=(channel,),
            start_new_session=True,
        )
        settings.guard.add(process.pid)
        return cls(process, settings.guard, temporary)

    def kill(self) -> None:
        """SIGKILL to the whole group, as Lambda ends an execution environment."""
        if self._process.returncode is None:
            kill_group(self.pid)

    async def wait(self) -> int:
        """The exit status, or the negative number of the signal. What it had started ends with it."""
        status = await self._process.wait()
        kill_group(self.pid)
        self._guard.remove(self.pid)
        return status

    async def clean(self) -> None:
        """Removes what the handler left in its temporary folder."""
        await asyncio.to_thread(shutil.rmtree, self._temporary, ignore_errors=True)


def worker_command(settings: SandboxSettings, function: FunctionVersion, channel: int) -> list[str]:
    """No site-packages (-S), no user folder (-s), no folder of the script (-P); see bootstrap.py."""
    layers = [str(layer.absolute()) for layer in function.layers]
    return [
        sys.executable,
        "-s",
        "-S",
        "-P",
        str(_BOOTSTRAP),
        settings.client,
        str(channel),
        str(settings.runtime_root),
        *layers,
    ]
