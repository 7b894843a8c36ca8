"""The account as the stage needs it: credentials, the CloudWatch role, room for one more API, the state."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from apitool.aws import cloudwatch_role, rest_api_count, state_bucket
from apitool.stage import logging_leftover, state
from apitool.stage.doctor.sign import bad, good, looking_at, poor

if TYPE_CHECKING:
    from apitool.stage.doctor.sign import Sign
    from apitool.stage.state import State
    from apitool.stage.target import Target

_MOST_REST_APIS = 600  # regional ones, of one account and region; AWS raises it on request
_MANY = 0.9  # of what there may be


def look(target: Target) -> list[Sign]:
    signs: list[Sign] = [good("account", f"{target.account.id}, {target.account.region}")]
    with looking_at("role", signs):
        signs.append(_role(target))
    with looking_at("quota", signs):
        signs.append(_quota(target))
    with looking_at("bucket", signs):
        signs.append(_bucket(target))
    with looking_at("state", signs):
        signs += _states(target)
    with looking_at("logging", signs):
        signs.append(_logging(target))
    return signs


def _role(target: Target) -> Sign:
    role = cloudwatch_role.read(target.account)
    logs = target.stage.access_logs or target.stage.log_level != "off"
    if role.state == "live":
        return good("role", f"{role.arn}: API Gateway writes logs with it")
    if role.state == "unknown":
        step = "allow iam:GetRole on it, to know whether it still exists"
        return poor("role", f"{role.arn}: may not be looked at", step)
    if role.state == "dead":
        return bad("role", f"{role.arn} is gone: no API of this region logs", "apitool up   (makes another)")
    seen = "none: API Gateway writes no logs yet"
    return poor("role", seen, "apitool up   (makes it)") if logs else good("role", seen)


def _quota(target: Target) -> Sign:
    count = rest_api_count.regional(target.account)
    seen = f"{count} of {_MOST_REST_APIS} RestApis in {target.account.region}"
    if count >= _MANY * _MOST_REST_APIS:
        return poor("quota", seen, "have `Regional APIs per Region` raised in Service Quotas")
    return good("quota", seen)


def _bucket(target: Target) -> Sign:
    bucket = target.state_bucket
    if not state_bucket.exists(target.account, bucket):
        return poor("bucket", f"{bucket} does not exist", "apitool up   (makes it, after asking)")
    gaps = state_bucket.gaps(target.account, bucket, tls_only=not target.embedded)
    if gaps:
        return poor(
            "bucket", f"{bucket}: {', '.join(gaps)}", "see docs/state.md for the settings it should have"
        )
    return good("bucket", f"{bucket}, versioned, encrypted, nothing public")


def _states(target: Target) -> list[Sign]:
    found = [each for each in (state.of_stage(target), state.of_account(target)) if each]
    return [sign for each in found for sign in _state(each, target)]


def _state(found: State, target: Target) -> list[Sign]:
    signs = []
    now = datetime.now(UTC)
    if found.lock:
        held = f"{found.key} is locked: {found.lock.operation} by {found.lock.who}, {found.lock.age(now)}"
        step = f"wait for it; if it is dead: apitool unlock {found.lock.id} {target.options}"
        signs.append(poor("state", held, step))
    elif found.unfinished:
        seen = f"{found.key}: an apply by {found.unfinished} did not end well"
        signs.append(poor("state", seen, f"apitool up {target.options}   (goes on from there)"))
    elif found.state:
        signs.append(good("state", f"{found.key}, serial {found.state.serial}, not locked"))
    return signs


def _logging(target: Target) -> Sign:
    leftover = logging_leftover.read(target)
    if leftover is None:
        return good("logging", "nothing turned on for a while only")
    if leftover.expired:
        step = f"apitool logs restore {target.options}"
        return poor("logging", f"turned on for a while that ended {leftover.until}", step)
    return good("logging", f"turned on for a while, until {leftover.until}")
