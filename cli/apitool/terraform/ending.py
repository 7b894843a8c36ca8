"""How a run of Terraform ended, as an error of ours: interrupted, killed, state not saved, failed."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from apitool.errors import ApitoolError, InterruptedByUserError
from apitool.terraform import diagnostics
from apitool.terraform.redaction import without_secrets
from apitool.visible import visible, visible_line

if TYPE_CHECKING:
    from pathlib import Path

    from apitool.terraform.diagnostics import Circumstances
    from apitool.terraform.process import Finished
    from apitool.terraform.record import Record

_LAST_WORDS = 1_500  # characters of stderr that are shown when Terraform left no diagnostic


def error_of(
    finished: Finished, record: Record, circumstances: Circumstances, stderr: Path
) -> ApitoolError | None:
    """None when all went well. A signal counts even when Terraform had finished: what comes next must not."""
    if finished.overdue and finished.exit_code != 0:
        return _overdue(record, circumstances)
    if finished.exit_code < 0:
        return _killed(finished, record, circumstances)
    if finished.signals:
        return _interrupted(finished, record, circumstances)
    if finished.exit_code in {0, 2} and not any(said.is_error for said in record.diagnostics):
        return None
    return diagnostics.failure(record.diagnostics, circumstances) or _wordless(
        finished, circumstances, stderr
    )


def unsaved(state: Path, by_hand: str) -> ApitoolError:
    """Terraform made changes and could not write the state: it is in a file, and must not get lost."""
    return ApitoolError(
        "changes were made whose state is not saved yet",
        seen=f"the state is in {state}",
        fix=f"save it: {by_hand} state push {state}   then remove that file, and run the same command again",
    )


def _killed(finished: Finished, record: Record, circumstances: Circumstances) -> ApitoolError:
    name = signal.Signals(-finished.exit_code).name
    if name == "SIGINT" and finished.signals and not record.changes:
        return _interrupted(finished, record, circumstances)  # before Terraform had begun to listen
    return ApitoolError(
        f"terraform {circumstances.doing} was killed ({name})",
        seen=_unfinished(record) or "nothing was under way",
        fix="run the same command again; the state may still be locked, the error then says how to unlock it",
    )


def _overdue(record: Record, circumstances: Circumstances) -> ApitoolError:
    """The provider repeats what AWS answers with 5xx, for minutes, and says nothing meanwhile."""
    return ApitoolError(
        f"terraform {circumstances.doing} took longer than --timeout, and was stopped; the state is saved",
        seen=_unfinished(record) or "nothing was under way",
        fix="look at https://health.aws.amazon.com, then run the same command again to go on",
    )


def _interrupted(finished: Finished, record: Record, circumstances: Circumstances) -> InterruptedByUserError:
    doing = f"terraform {circumstances.doing}"
    if finished.exit_code == 0:
        what, seen = f"stopped by {finished.signals[0].name}; {doing} had already finished", None
    else:
        what = f"{doing} was stopped by {finished.signals[0].name}; the state is saved, the lock released"
        seen = _unfinished(record)
    return InterruptedByUserError(what, seen=seen, fix="run the same command again to go on")


def _unfinished(record: Record) -> str | None:
    begun = [f"{visible_line(address)} ({action})" for address, action in record.unfinished.items()]
    return f"begun and not finished: {', '.join(begun)}" if begun else None


def _wordless(finished: Finished, circumstances: Circumstances, stderr: Path) -> ApitoolError:
    try:
        said = stderr.read_text(encoding="utf-8", errors="replace")[-_LAST_WORDS:].strip()
    except OSError:
        said = ""
    return ApitoolError(
        f"terraform {circumstances.doing} failed with exit code {finished.exit_code}",
        seen=visible(without_secrets(said, circumstances.secrets)) or "it said nothing",
        fix=f"try it by hand: {circumstances.by_hand} {circumstances.doing}",
    )
