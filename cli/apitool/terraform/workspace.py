"""One stage's folder, and Terraform at work in it: prepare → init → plan → (show) → apply.

Terraform runs in a view of the root module (root_view.py), which may be read-only; all it writes goes into
the folder: its data folder, the plan, the output. The folder also holds what plain `terraform` needs
(by_hand.py). One apitool at a time.

Every step raises ApitoolError (or one of its kinds) with Terraform's complaint translated (diagnostics.py),
and InterruptedByUserError after a signal.
"""

from __future__ import annotations

import json
import os
import shlex
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from apitool.terraform import (
    adoption,
    arguments,
    by_hand,
    ending,
    environment,
    initialised,
    mirror,
    provider_cache,
    root_view,
)
from apitool.terraform import plan as plans
from apitool.terraform.diagnostics import Circumstances
from apitool.terraform.document import at, mapping
from apitool.terraform.folder_lock import FolderLock
from apitool.terraform.listener import Silent
from apitool.terraform.private_file import write
from apitool.terraform.record import Record
from apitool.terraform.redaction import secrets_of
from apitool.terraform.runner import Runner
from apitool.terraform.running_mark import RunningMark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from typing import Self

    from apitool.terraform.arguments import Invocation
    from apitool.terraform.backend import S3Backend
    from apitool.terraform.binary import Binary
    from apitool.terraform.listener import Listener
    from apitool.terraform.plan import Plan

_SILENT = Silent()
_VIEWS = "root"


class Workspace:
    """`environment` is what the target adds to the child's environment; None takes a variable away.

    `packages` is where the deployment packages are: `packages/` in the root, as Terraform sees it.
    Used as a context manager it holds the folder for all steps; else each step takes it for itself.
    `lock_timeout`: seconds to wait for somebody else's lock on the state. `patience`: seconds an apply may
    take; None: as long as it takes.
    """

    def __init__(
        self,
        root: Path,
        folder: Path,
        environment: Mapping[str, str | None],
        binary: Binary,
        *,
        packages: Path | None = None,
        lock_timeout: int = 0,
        ambient: Mapping[str, str] | None = None,
    ) -> None:
        self.root = root.absolute()
        self.folder = folder.absolute()
        self.binary = binary
        self._links = {} if packages is None else {root_view.PACKAGES: packages.absolute()}
        self._target = environment
        self._ambient = dict(os.environ if ambient is None else ambient)
        self._lock_timeout = lock_timeout
        self.patience: float | None = None
        self._running = RunningMark(self.folder / "running")
        self._lock = FolderLock(self.folder / "lock")
        self._held = ExitStack()
        self._backend: S3Backend | None = None
        self._providers = mirror.locked(self.root / ".terraform.lock.hcl")
        self._source = mirror.find(self._providers, self._ambient, self._home)
        cache = provider_cache.choose(self._source, self._ambient, self._home)
        self._cache = cache if self._providers else None

    def __enter__(self) -> Self:
        self._held.enter_context(self._lock.held())
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    def prepare(self, variables: Mapping[str, object] | None, backend: S3Backend | None) -> None:
        """Write down what Terraform gets. Without `backend` the root's own, without `variables` none.

        Raises:
            LockedError: another apitool is at work in the folder.
        """
        self._backend = backend
        with self._lock.held():
            self.folder.chmod(0o700)
            view = root_view.make(self.root, self.folder / _VIEWS, self._links)
            adoption.write(view, {})
            self._write("variables.tfvars.json", variables)
            self._write("backend.tfbackend.json", backend.settings() if backend else None)
            if configuration := self._cli_configuration:
                write(self.folder / "terraform.tfrc", configuration)
            else:
                (self.folder / "terraform.tfrc").unlink(missing_ok=True)
            by_hand.write_files(
                self.folder,
                self._command,
                self._settings,
                self._target,
                variables=self._file("variables.tfvars.json"),
                backend=self._file("backend.tfbackend.json"),
            )

    def init(self, listener: Listener = _SILENT) -> bool:
        """Initialise, unless nothing it depends on has changed; whether it ran."""
        wanted = initialised.fingerprint(
            self.view,
            self.binary,
            backend=self._backend.settings() if self._backend else None,
            cli_config=self._cli_configuration or str(self._source),
        )
        with self._lock.held():
            if initialised.is_done(self._data, wanted):
                return False
            initialised.forget(self._data)
            with provider_cache.alone_in(self._cache):
                self._run(arguments.init(backend=self._file("backend.tfbackend.json")), listener)
            initialised.stamp(self._data, wanted)
        return True

    def plan(
        self,
        listener: Listener = _SILENT,
        *,
        destroy: bool = False,
        out: Path | None = None,
        refresh: bool = True,
        targets: Sequence[str] = (),
    ) -> Plan:
        """Make a plan and save it. Raises also when an earlier state is not saved yet."""
        path = (out or self.folder / "plan.tfplan").absolute()
        invocation = arguments.plan(
            out=path,
            variables=self._file("variables.tfvars.json"),
            destroy=destroy,
            refresh=refresh,
            targets=targets,
            lock_timeout=self._lock_timeout,
        )
        with self._lock.held():
            self._refuse_unsaved_state()
            path.unlink(missing_ok=True)  # one that failed must not leave the one before
            record, changed = self._run(invocation, listener)
            return plans.Plan(
                path=path,
                sha256=plans.digest(path),
                has_changes=changed,
                changes=tuple(record.changes),
                drift=tuple(record.drift),
                outputs=record.outputs.actions if record.outputs else {},
                summary=record.summary,
                destroy=destroy,
            )

    def apply(self, plan: Plan, listener: Listener = _SILENT) -> dict[str, object]:
        """Apply a saved plan; the root outputs that are not sensitive.

        Raises:
            StaleError: the plan file is not the one that was made, or the state has changed since.
        """
        with self._lock.held():
            plan.verify()
            return self._apply(arguments.apply(plan.path, lock_timeout=self._lock_timeout), listener)

    def apply_now(self, listener: Listener = _SILENT, *, destroy: bool = False) -> dict[str, object]:
        """Plan and apply in one go, where nobody looks at the plan. `listener.planned` hears every change."""
        invocation = arguments.apply_now(
            variables=self._file("variables.tfvars.json"), destroy=destroy, lock_timeout=self._lock_timeout
        )
        with self._lock.held():
            return self._apply(invocation, listener)

    def show(self, plan: Plan) -> dict[str, object]:
        """The plan as JSON (2.7 s with the AWS provider). Holds secrets in clear; never kept on disk."""
        with self._lock.held():
            plan.verify()
            return self._json(arguments.show(plan.path))

    def outputs(self) -> dict[str, object]:
        """The root outputs in the state, sensitive ones too. After an apply its own result is quicker."""
        with self._lock.held():
            return {name: at(output, "value") for name, output in self._json(arguments.output()).items()}

    @property
    def backend(self) -> S3Backend:
        """Where the state is. Only after `prepare` with one."""
        assert self._backend is not None  # noqa: S101 - a mistake of ours, not of a user
        return self._backend

    @property
    def killed_since(self) -> datetime | None:
        """When a Terraform was started here that did not end by itself: its lock on the state may be left."""
        return self._running.since

    def adopt(self, imports: Mapping[str, str]) -> None:
        """From now on plan and apply with `import` blocks for these objects, address to id."""
        adoption.write(self.view, imports)

    def untaint(self, addresses: Sequence[str]) -> None:
        """Objects whose creation was broken off, and that are to be kept: no plan replaces them any more."""
        with self._lock.held():
            for address in addresses:
                self._run(arguments.untaint(address, lock_timeout=self._lock_timeout), _SILENT)

    def forget(self, addresses: Sequence[str]) -> None:
        """Take objects out of the state, to import them next. They go on existing."""
        with self._lock.held():
            self._run(arguments.state_rm(addresses, lock_timeout=self._lock_timeout), _SILENT)

    @property
    def unsaved_state(self) -> Path | None:
        """A state Terraform could not save: the objects in it exist, and are in no state."""
        return self._file("errored.tfstate")

    def push_unsaved_state(self) -> None:
        """Save it. Terraform refuses when the state has moved on; the file stays, under another name."""
        with self._lock.held():
            if (state := self.unsaved_state) is not None:
                self._run(arguments.state_push(state), _SILENT)
                state.replace(state.with_suffix(".tfstate.pushed"))

    def _apply(self, invocation: Invocation, listener: Listener) -> dict[str, object]:
        self._refuse_unsaved_state()
        record, _ = self._run(invocation, listener)
        return dict(record.outputs.values) if record.outputs else {}

    def _run(self, invocation: Invocation, listener: Listener) -> tuple[Record, bool]:
        """The record, and whether Terraform said that there are changes."""
        record = Record(listener)
        runner = self._runner()
        with self._lock.held() as descriptor, self._running.during(invocation.command) as ended:
            patience = self.patience if invocation.command == "apply" else None
            finished = runner.run(invocation, record, (descriptor,), patience)
            ended(finished.exit_code)
        self._keep_unsaved_state()
        error = ending.error_of(
            finished, record, self._circumstances(invocation), runner.stderr_of(invocation.command)
        )
        if error is not None:
            if any(said.is_error and initialised.is_asked_for(said.full_text) for said in record.diagnostics):
                initialised.forget(self._data)
            raise error
        return record, finished.exit_code == _CHANGES

    def _json(self, invocation: Invocation) -> dict[str, object]:
        file = self._runner().stdout_of(invocation.command)
        try:
            self._run(invocation, _SILENT)
            return dict(mapping(json.loads(file.read_bytes())))
        finally:
            file.unlink(missing_ok=True)

    def _runner(self) -> Runner:
        child = environment.child_environment(
            self._ambient,
            self._target,
            data_folder=self._data,
            cli_config=self._cli_file,
            plugin_cache=self._cache,
        )
        return Runner(self.binary.path, self.view, child, self.folder / "logs")

    def _circumstances(self, invocation: Invocation) -> Circumstances:
        env = shlex.quote(str(self.folder / "env.sh"))
        return Circumstances(
            doing=invocation.command,
            root=self.view,
            by_hand=f". {env} && {self._command}",
            secrets=self._secrets(),
        )

    def _secrets(self) -> tuple[str, ...]:
        """What no error may quote. From the file: whoever wrote the variables, Terraform knows them."""
        variables = self._file("variables.tfvars.json")
        return secrets_of(mapping(json.loads(variables.read_bytes()))) if variables else ()

    def _refuse_unsaved_state(self) -> None:
        if (state := self.unsaved_state) is not None:
            raise ending.unsaved(state, self._circumstances(arguments.output()).by_hand)

    def _keep_unsaved_state(self) -> None:
        """Terraform writes it where it runs, readable for all; the next one would overwrite it."""
        left = self.view / "errored.tfstate"
        if left.exists():
            kept = self.folder / "errored.tfstate"
            left.chmod(0o600)
            left.replace(kept)
            raise ending.unsaved(kept, self._circumstances(arguments.output()).by_hand)

    def _write(self, name: str, content: Mapping[str, object] | None) -> None:
        if content is None:
            (self.folder / name).unlink(missing_ok=True)
        else:
            write(self.folder / name, json.dumps(content, indent=2, ensure_ascii=False) + "\n")

    def _file(self, name: str) -> Path | None:
        path = self.folder / name
        return path if path.exists() else None

    @property
    def view(self) -> Path:
        """Where Terraform runs."""
        return root_view.place(self.root, self.folder / _VIEWS)

    @property
    def _command(self) -> str:
        return f"{shlex.quote(str(self.binary.path))} {shlex.quote(f'-chdir={self.view}')}"

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _home(self) -> Path | None:
        home = self._ambient.get("HOME", "")
        return Path(home) if home.startswith("/") else None

    @property
    def _cli_configuration(self) -> str | None:
        return mirror.cli_configuration(self._source, self._providers)

    @property
    def _cli_file(self) -> Path | None:
        if self._source.kind == "user":
            return self._source.path
        return self.folder / "terraform.tfrc" if self._cli_configuration else None

    @property
    def _settings(self) -> dict[str, str]:
        return environment.settings(
            data_folder=self._data, cli_config=self._cli_file, plugin_cache=self._cache
        )


_CHANGES = 2  # exit code of `plan -detailed-exitcode`
