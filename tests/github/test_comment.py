"""One comment on a pull request, kept up to date against a stub of GitHub's API."""

from __future__ import annotations

import pytest
from tests.github.stub import Failure, serving

from apitool.errors import ApitoolError, CredentialsError
from apitool.github import sticky
from apitool.github.comments import Comments
from apitool.github.patience import Patient
from apitool.github.place import PullRequest
from apitool.github.rest import Rest
from apitool.github.sticky import Done, Mode, Wanted

MARK = "<!-- apitool-review title=orders/prod "
BODY = f"{MARK}fingerprint=ab -->\n### orders/prod"
TOKEN = "ghs_canary_token_of_the_job"


@pytest.fixture
def github():
    with serving() as stub:
        yield stub


class Clock:
    """Time that passes by sleeping only."""

    def __init__(self):
        self.time, self.slept = 1_000_000.0, []

    def now(self):
        return self.time

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.time += seconds


def _comments(github, clock=None, said=None, repository="acme/orders"):
    clock, said = clock or Clock(), [] if said is None else said
    rest = Rest(github.url, f"{github.url}/graphql", TOKEN)
    spot = PullRequest(repository, 12)
    return Comments(spot, Patient(rest, str(spot), said.append, clock.now, clock.sleep))


def _bodies(github):
    return [comment["body"] for comment in github.comments]


def test_the_first_run_makes_a_comment(github):
    assert sticky.sync(_comments(github), Wanted(MARK, BODY)).what == "created"
    assert _bodies(github) == [BODY]
    assert github.tokens == {f"Bearer {TOKEN}"}


def test_a_later_run_updates_it_in_place(github):
    github.add("hello")
    github.add(f"{MARK}fingerprint=old -->\nold")
    assert sticky.sync(_comments(github), Wanted(MARK, BODY)).what == "updated"
    assert _bodies(github) == ["hello", BODY]


def test_the_same_review_again_writes_nothing(github):
    github.add(BODY.replace("\n", "\r\n"))
    assert sticky.sync(_comments(github), Wanted(MARK, BODY)).what == "unchanged"
    assert not [asked for asked in github.asked if not asked.startswith("GET")]


def test_the_comment_is_found_on_a_later_page(github):
    for number in range(230):
        github.add(f"comment {number}")
    github.add(f"{MARK}fingerprint=old -->")
    assert sticky.sync(_comments(github), Wanted(MARK, BODY)).what == "updated"
    assert len([asked for asked in github.asked if asked.startswith("GET")]) == 3


def test_the_comment_of_another_stage_is_left_alone(github):
    other = "<!-- apitool-review title=orders/dev fingerprint=ab -->"
    github.add(other)
    assert sticky.sync(_comments(github), Wanted(MARK, BODY)).what == "created"
    assert _bodies(github) == [other, BODY]


def test_a_person_s_comment_is_never_taken_for_ours_in_a_job(github):
    github.add(f"{MARK}fingerprint=ab -->\nforged", kind="User")
    assert sticky.sync(_comments(github), Wanted(MARK, BODY, bot_only=True)).what == "created"
    assert "forged" in _bodies(github)[0]


def test_new_leaves_the_earlier_one(github):
    github.add(BODY)
    assert sticky.sync(_comments(github), Wanted(MARK, BODY, Mode.NEW)).what == "created"
    assert _bodies(github) == [BODY, BODY]


def test_hide_folds_the_earlier_ones_away(github):
    github.add(f"{MARK}fingerprint=1 -->")
    github.add("hello")
    github.add(f"{MARK}fingerprint=2 -->")
    done = sticky.sync(_comments(github), Wanted(MARK, BODY, Mode.HIDE))
    assert (done.what, done.hidden) == ("created", 2)
    assert github.hidden == ["IC_1000", "IC_1002"]


def test_nothing_changed_makes_no_comment_but_brings_an_old_one_up_to_date(github):
    wanted = Wanted(MARK, BODY, empty=True)
    assert sticky.sync(_comments(github), wanted) == Done("skipped")
    assert github.comments == []
    github.add(f"{MARK}fingerprint=old -->\nroutes vanish")
    assert sticky.sync(_comments(github), wanted).what == "updated"
    assert _bodies(github) == [BODY]


@pytest.mark.parametrize("status", [403, 429])
def test_a_rate_limit_is_waited_for_as_long_as_github_says(github, status):
    clock, said = Clock(), []
    github.failures = [Failure(status, {"Retry-After": "7"}, "You have exceeded a secondary rate limit")]
    sticky.sync(_comments(github, clock, said), Wanted(MARK, BODY))
    assert clock.slept == [7]
    assert said == ["GitHub: rate limit, waiting 7 s"]


def test_a_used_up_limit_is_waited_for_until_its_reset(github):
    clock = Clock()
    reset = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(clock.time) + 42)}
    github.failures = [Failure(403, reset, "API rate limit exceeded")]
    sticky.sync(_comments(github, clock), Wanted(MARK, BODY))
    assert clock.slept == [42]


def test_a_limit_that_lasts_too_long_is_an_error_that_says_so(github):
    clock = Clock()
    github.failures = [Failure(403, {"retry-after": "3600"}, "secondary rate limit")]
    with pytest.raises(ApitoolError, match="rate limit is used up") as refused:
        sticky.sync(_comments(github, clock), Wanted(MARK, BODY))
    assert "3600" in str(refused.value.problems[0].seen)
    assert clock.slept == []


def test_a_limit_without_a_time_is_waited_for_a_minute(github):
    clock = Clock()
    github.failures = [Failure(429)]
    sticky.sync(_comments(github, clock), Wanted(MARK, BODY))
    assert clock.slept == [60]


@pytest.mark.parametrize(
    ("status", "message", "fix"),
    [
        (401, "Bad credentials", "GITHUB_TOKEN"),
        (403, "Resource not accessible by integration", "pull-requests: write"),
        (404, "Not Found", "--pull-request"),
    ],
)
def test_a_token_that_may_not_is_told_with_what_to_do(github, status, message, fix):
    github.failures = [Failure(status, message=message)]
    with pytest.raises(CredentialsError) as refused:
        sticky.sync(_comments(github), Wanted(MARK, BODY))
    (problem,) = refused.value.problems
    assert refused.value.exit_code == 4
    assert message in str(problem.seen)
    assert fix in str(problem.fix)
    assert "acme/orders#12" in problem.what
    assert TOKEN not in f"{problem}"


def test_an_unknown_repository_is_a_404(github):
    with pytest.raises(CredentialsError, match="no such pull request"):
        sticky.sync(_comments(github, repository="acme/other"), Wanted(MARK, BODY))


def test_a_comment_that_is_too_long_is_refused_once(github):
    with pytest.raises(ApitoolError, match="did not take the comment") as refused:
        sticky.sync(_comments(github), Wanted(MARK, MARK + "x" * 65_536))
    assert "Validation Failed" in str(refused.value.problems[0].seen)


@pytest.mark.parametrize("status", [500, 502, 503])
def test_github_s_own_failures_are_tried_again(github, status):
    clock = Clock()
    github.failures = [Failure(status, method="GET"), Failure(status, method="POST")]
    assert sticky.sync(_comments(github, clock), Wanted(MARK, BODY)).what == "created"
    assert _bodies(github) == [BODY]


def test_a_lost_reply_makes_no_second_comment(github):
    github.failures = [Failure(502, method="POST", after=True)]
    assert sticky.sync(_comments(github), Wanted(MARK, BODY)).what == "created"
    assert _bodies(github) == [BODY]


def test_failures_without_end_are_an_error(github):
    github.failures = [Failure(503, message="down") for _ in range(50)]
    with pytest.raises(ApitoolError, match="can't be reached") as refused:
        sticky.sync(_comments(github), Wanted(MARK, BODY))
    assert refused.value.exit_code == 1
    assert len(github.asked) == 4


def test_a_redirect_is_not_followed_with_the_token(github):
    github.failures = [Failure(301, {"Location": "http://127.0.0.1:9/elsewhere"}, "Moved Permanently")]
    with pytest.raises(ApitoolError, match="refused the comment"):
        sticky.sync(_comments(github), Wanted(MARK, BODY))
    assert len(github.asked) == 1


def test_nobody_listening_is_an_error_without_the_token():
    spot = PullRequest("acme/orders", 12)
    clock = Clock()
    rest = Rest("http://127.0.0.1:9", "http://127.0.0.1:9/graphql", TOKEN)
    patient = Patient(rest, str(spot), lambda _: None, clock.now, clock.sleep)
    with pytest.raises(ApitoolError, match="can't be reached") as refused:
        sticky.sync(Comments(spot, patient), Wanted(MARK, BODY))
    assert TOKEN not in f"{refused.value.problems} {rest!r}"
