"""What Terraform complains about, as errors of ours: what failed, on which object, and one next step.

A table of rules, tried in order on every error; texts recorded with Terraform 1.11.4 and provider 5.100.
What no rule knows is shown as Terraform said it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from apitool.errors import ApitoolError, CredentialsError, LockedError, Place, Problem, StaleError
from apitool.terraform.redaction import without_secrets
from apitool.terraform.state_lock import StateLock
from apitool.visible import visible, visible_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from apitool.terraform.diagnostic import Diagnostic

_LONGEST_SEEN = 1_500  # characters of Terraform's own text that are shown


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the words need to know. `doing`: `plan`, `apply`, …; `by_hand`: how to run `terraform` here.

    `secrets` are values that must not show up in any text.
    """

    doing: str
    root: Path
    by_hand: str = "terraform"
    secrets: Sequence[str] = ()
    now: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class Rule:
    """`fix` may use `{by_hand}`, `{doing}` and the pattern's groups; `build` says more than a text can."""

    error: type[ApitoolError]
    pattern: str
    what: str
    fix: str
    build: Callable[[re.Match[str], Diagnostic, Circumstances], Problem | None] | None = None


def failure(diagnostics: Iterable[Diagnostic], circumstances: Circumstances) -> ApitoolError | None:
    """One error for all errors in `diagnostics`, the most telling first; None when there is none."""
    judged = [_judge(diagnostic, circumstances) for diagnostic in diagnostics if diagnostic.is_error]
    if not judged:
        return None
    judged.sort(key=lambda pair: _ORDER.index(pair[0]))
    problems = list(dict.fromkeys(problem for _, problem in judged))
    first, more = problems[0], problems[1:]
    return judged[0][0](first.what, place=first.place, seen=first.seen, fix=first.fix, more=more)


def _judge(diagnostic: Diagnostic, circumstances: Circumstances) -> tuple[type[ApitoolError], Problem]:
    for rule in _RULES:
        found = re.search(rule.pattern, diagnostic.full_text, re.DOTALL)
        if found and (problem := _apply(rule, found, diagnostic, circumstances)):
            return rule.error, problem
    return ApitoolError, _generic(diagnostic, circumstances)


def _apply(
    rule: Rule, found: re.Match[str], diagnostic: Diagnostic, circumstances: Circumstances
) -> Problem | None:
    if rule.build is not None:
        return rule.build(found, diagnostic, circumstances)
    groups = {
        name: _safe(value or "", circumstances, visible_line) for name, value in found.groupdict().items()
    }
    words = {"by_hand": circumstances.by_hand, "doing": circumstances.doing, **groups}
    return Problem(
        what=rule.what.format_map(words),
        place=_place(diagnostic, circumstances),
        seen=_said(diagnostic, circumstances),
        fix=rule.fix.format_map(words),
    )


def _generic(diagnostic: Diagnostic, circumstances: Circumstances) -> Problem:
    summary = _safe(diagnostic.summary, circumstances, visible_line) or "an error without a text"
    where = f", on {_safe(diagnostic.address, circumstances, visible_line)}" if diagnostic.address else ""
    return Problem(
        what=f"terraform {circumstances.doing}: {summary}{where}",
        place=_place(diagnostic, circumstances),
        seen=_safe(diagnostic.detail.strip(), circumstances, visible)[:_LONGEST_SEEN] or None,
        fix=None,
    )


def _locked(_: re.Match[str], diagnostic: Diagnostic, circumstances: Circumstances) -> Problem | None:
    lock = StateLock.of(diagnostic.full_text)
    if lock is None:
        return None
    who, operation = (_safe(text, circumstances, visible_line) for text in (lock.who, lock.operation))
    lock_id = _safe(lock.id, circumstances, visible_line)
    since = f", since {lock.created:%Y-%m-%d %H:%M:%S} UTC" if lock.created else ""
    return Problem(
        what=f"the state is locked by {who}, {operation}, {lock.age(circumstances.now)}",
        seen=f"lock {lock_id} on {_safe(lock.path, circumstances, visible_line)}{since}",
        fix=f"wait until that run is done; if it is dead: apitool unlock {lock_id}",
    )


def _not_authorized(
    found: re.Match[str], diagnostic: Diagnostic, circumstances: Circumstances
) -> Problem | None:
    action = _safe(found["action"], circumstances, visible_line)
    resource = _safe((found["resource"] or "*").rstrip(".,"), circumstances, visible_line)
    return Problem(
        what=f"these credentials may not {action} on {resource}",
        place=_place(diagnostic, circumstances),
        seen=_said(diagnostic, circumstances),
        fix=f'allow it: {{"Effect": "Allow", "Action": "{action}", "Resource": "{resource}"}}',
    )


_RULES = (
    Rule(LockedError, r"Lock Info:\s+ID: +\S", "", "", build=_locked),
    Rule(
        CredentialsError,
        r"not authorized to perform:? (?P<action>[\w-]+:[\w*-]+)(?:.{0,20}?on resource:? (?P<resource>\S+))?",
        "",
        "",
        build=_not_authorized,
    ),
    Rule(
        CredentialsError,
        r"ExpiredToken|RequestExpired|token (?:has|is|included in the request is) expired|SSO session",
        "the AWS credentials have expired",
        "sign in again (`aws sso login`, or fetch new credentials), then run the same command again",
    ),
    Rule(
        CredentialsError,
        r"RequestTimeTooSkewed|SignatureDoesNotMatch|Signature expired|Signature not yet current",
        "AWS refuses the signature: wrong secret key, or this machine's clock is off",
        "compare `date -u` with the real time, then check the secret access key",
    ),
    Rule(
        CredentialsError,
        r"InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|AuthFailure",
        "AWS does not know these credentials",
        "check the access key: `aws sts get-caller-identity`",
    ),
    Rule(
        CredentialsError,
        r"No valid credential sources found|failed to refresh cached credentials|NoCredentialProviders",
        "there are no AWS credentials",
        "set AWS_PROFILE (or --profile), or sign in: `aws sso login`",
    ),
    Rule(
        CredentialsError,
        r"failed to get shared config profile, (?P<profile>[^\n]+)",
        "there is no AWS profile `{profile}`",
        "`aws configure list-profiles` names those that are there",
    ),
    Rule(
        CredentialsError,
        r"AWS account ID not allowed",
        "these credentials are of another AWS account than the stage's",
        "choose the right profile with --profile",
    ),
    Rule(
        CredentialsError,
        r"operation error (?P<service>[^:]+): (?P<operation>\w+)"
        r".{0,200}?(?:api error (?:AccessDenied|Forbidden|Unauthorized)|StatusCode: 403)",
        "these credentials may not {operation} in {service}",
        "allow that action to them; the role or bucket policy may also say no",
    ),
    Rule(
        StaleError,
        r"Saved plan is stale|Saved plan does not match the given state|different state lineage",
        "the plan is stale: the state has changed since it was made",
        "plan again: run the same command again",
    ),
    Rule(
        StaleError,
        r"Failed to load \"[^\"]*\" as a plan file|Can't change variable when applying a saved plan",
        "the saved plan can't be used",
        "plan again: run the same command again",
    ),
    Rule(
        StaleError,
        r"deployment package is not here: (?P<file>\S+)\.\s",
        "a planned deployment package is not here: {file}",
        "`apitool package` makes it again from the same source; else plan again",
    ),
    Rule(
        StaleError,
        r"deployment package is not the one|Provider produced inconsistent final plan",
        "a deployment package is not the one that was planned",
        "package and plan again: run the same command again",
    ),
    Rule(
        ApitoolError,
        r"EntityAlreadyExists|ResourceAlreadyExistsException|ResourceInUseException: Table already exists"
        r"|(?:Resource)?ConflictException: .{0,120}already exist",
        "something of that name exists already, and the state does not know it",
        "run the same command again: it takes over what an unfinished run left; "
        "what then still is in the way is somebody else's",
    ),
    Rule(
        ApitoolError,
        r"doesn't match any of the checksums",
        "the provider is not the one in the lock file",
        "check where it came from (mirror or registry), then see `.terraform.lock.hcl` of the root module",
    ),
    Rule(
        ApitoolError,
        r"does not have a package available for your current platform, (?P<platform>\S+?)\.?\s",
        "there is no provider for this platform, {platform}",
        "add it to the mirror: terraform providers mirror -platform={platform} FOLDER",
    ),
    Rule(
        ApitoolError,
        r"Failed to query available provider packages|connect to registry|Failed to install provider",
        "the provider can't be fetched",
        "go online, or name a folder that has it in APITOOL_PROVIDER_MIRROR",
    ),
    Rule(
        ApitoolError,
        r"Provider dependency changes detected|Inconsistent dependency lock file",
        "the lock file does not have the providers the configuration asks for",
        "{by_hand} init -backend=false -lockfile=update   (then commit .terraform.lock.hcl)",
    ),
    Rule(
        ApitoolError,
        r"S3 bucket \"(?P<bucket>[^\"]+)\" does not exist|NoSuchBucket",
        "the bucket for the state does not exist: {bucket}",
        "run `apitool up`, which makes it, or correct state_bucket",
    ),
    Rule(
        ApitoolError,
        r"Required plugins are not installed|initialization required, please run|Module not installed",
        "the folder is no longer initialised",
        "run the same command again",
    ),
    Rule(
        ApitoolError,
        r"Failed to (?:save|persist) state",
        "the changes were made, but the state could not be saved",
        "see that the bucket can be written, then save it: {by_hand} state push errored.tfstate",
    ),
    Rule(
        ApitoolError,
        r"Error releasing the state lock",
        "the changes were made and saved, but the lock on the state was not released",
        "apitool unlock ID   (the ID stands above)",
    ),
)

_ORDER: tuple[type[ApitoolError], ...] = (LockedError, CredentialsError, StaleError, ApitoolError)


def _said(diagnostic: Diagnostic, circumstances: Circumstances) -> str:
    """Terraform's own words, with the address they are about."""
    where = f"{diagnostic.address}: " if diagnostic.address else ""
    text = f"{where}{diagnostic.full_text.strip()}"
    return _safe(text, circumstances, visible)[:_LONGEST_SEEN]


def _place(diagnostic: Diagnostic, circumstances: Circumstances) -> Place | None:
    """The place in the HCL, from where the user stands."""
    if diagnostic.place is None:
        return None
    file = (circumstances.root / diagnostic.place.file).resolve()
    here = Path.cwd()
    shown = file.relative_to(here) if file.is_relative_to(here) else file
    return Place(shown, diagnostic.place.line, diagnostic.place.column)


def _safe(text: str, circumstances: Circumstances, show: Callable[[str], str]) -> str:
    return show(without_secrets(text, circumstances.secrets))
