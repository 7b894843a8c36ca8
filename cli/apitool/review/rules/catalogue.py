"""All rules, in the order they are told."""

from __future__ import annotations

from apitool.check import switched
from apitool.review.finding import Severity
from apitool.review.rules import access, operation, routes
from apitool.review.rules.rule import Rule

_ERROR, _WARNING, _NOTE = Severity

RULES: tuple[Rule, ...] = (
    Rule(
        "url-changes", _ERROR, "The RestApi or stage is made anew",
        "The invoke URL has the RestApi's id and the stage's name in it: every caller has to be told.",
        "Keep the name, or move callers to a custom domain first.",
        operation.url_changes,
    ),
    Rule(
        "table-lost", _ERROR, "A table is destroyed or made anew",
        "Its items go with it.",
        "Copy the items to a new table first, or set `deletion_protection = true` to refuse this.",
        operation.table_lost,
    ),
    Rule(
        "table-unprotected", _WARNING, "A table loses its protection",
        "A mistake after this can't be undone.",
        "Leave deletion protection and point-in-time recovery on.",
        operation.table_unprotected,
    ),
    Rule(
        "route-removed", _ERROR, "A route is removed",
        "Callers that still use it get 403 from the gateway.",
        "Look for callers in the access log first; answer 410 for a while.",
        routes.removed,
    ),
    Rule(
        "authorization-lowered", _ERROR, "A route asks less of its callers",
        "Whoever knows the URL may call it.",
        "Keep the authorizer, or waive this with the reason the route is public.",
        routes.authorization_lowered,
    ),
    Rule(
        "route-open", _WARNING, "A new route asks nothing of its callers",
        "The other routes are protected.",
        "Give it the authorizer of the others, or waive this with the reason it is public.",
        routes.opened,
    ),
    Rule(
        switched.RULE, _ERROR, "AWS and AWS_PROXY are switched",
        switched.WHY,
        switched.CURE,
        routes.integration_switched,
    ),
    Rule(
        "not-proxy", _WARNING, "A route no longer reaches its function",
        "It was a Lambda proxy integration.",
        "Keep AWS_PROXY, or say in the pull request what answers now.",
        routes.not_proxy,
    ),
    Rule(
        "integration-method", _ERROR, "Lambda is not invoked by POST",
        "Lambda's Invoke is a POST whatever the route's method: with another one every call is a 500.",
        'integration_http_method = "POST"',
        routes.wrong_method,
    ),
    Rule(
        "validation-removed", _WARNING, "Requests are no longer validated",
        "The function gets what the validator refused before.",
        "Keep the validator, or check in the function.",
        routes.validation_removed,
    ),
    Rule(
        "cors-credentials", _ERROR, "CORS with credentials from any origin",
        "Browsers refuse `*` with credentials; a reflected origin lets any page act as the user.",
        "Name the one origin.",
        routes.cors_credentials,
    ),
    Rule(
        "cors-opened", _WARNING, "CORS is opened to any origin",
        "Any page in a browser may read the answers.",
        "Name the origin that may.",
        routes.cors_opened,
    ),
    Rule(
        "permission-wide", _ERROR, "A function may be invoked too widely",
        "Without a source ARN any API Gateway, of any account, may invoke it.",
        "source_arn = the API's execution ARN, with stage, method and path.",
        access.permission_too_wide,
    ),
    Rule(
        "permission-gone", _ERROR, "The gateway may no longer invoke a function",
        "Its routes answer 500.",
        "Keep the permission while routes lead to the function.",
        access.permission_gone,
    ),
    Rule(
        "iam-wildcard", _ERROR, "A role may do anything",
        "A function that is taken over may do what its role may.",
        "Name the actions and the ARNs.",
        access.wildcard_iam,
    ),
    Rule(
        "trust-open", _ERROR, "Anybody may take on a role",
        "The trust policy allows every principal.",
        "Name the service or account.",
        access.trust_opened,
    ),
    Rule(
        "resource-policy-opened", _ERROR, "The API's resource policy is opened",
        "Callers it kept out may call.",
        "Keep the condition or the principal.",
        access.resource_policy_opened,
    ),
    Rule(
        "policy-size", _NOTE, "An inline policy is near IAM's limit",
        "The next statement will be refused, in the middle of an apply.",
        "Use wider paths in ARNs, or a managed policy beside it.",
        access.policy_near_limit,
    ),
    Rule(
        "secret-in-environment", _WARNING, "An environment value looks secret",
        "It stands in clear in the plan, the state and the console.",
        "Put it into SSM or Secrets Manager, and its name into the environment.",
        access.secret_in_environment,
    ),
    Rule(
        "data-trace", _WARNING, "Data trace is on",
        "Bodies and headers are logged, credentials included.",
        "Leave it off; `apitool logs enable --data-trace` for as long as you look.",
        operation.data_trace,
    ),
    Rule(
        "throttling-removed", _WARNING, "Throttling is removed",
        "One caller may use up the account's limit for every API in the region.",
        "Keep a throttle on the stage.",
        operation.throttling_removed,
    ),
    Rule(
        "logs-for-ever", _WARNING, "Logs without retention",
        "They are kept, and paid for, for ever.",
        "Set a retention.",
        operation.logs_kept_for_ever,
    ),
    Rule(
        "access-logs-off", _WARNING, "Access logs are switched off",
        "Nobody can tell who called what.",
        "Leave them on.",
        operation.access_logs_off,
    ),
    Rule(
        "runtime-deprecated", _WARNING, "A runtime without support",
        "AWS does not patch it any more, and will refuse updates.",
        "Use a newer runtime.",
        operation.runtime_deprecated,
    ),
    Rule(
        "timeout-beyond-gateway", _NOTE, "A function may run longer than the gateway waits",
        "The caller gets 504, and the function goes on and may be called again.",
        "28 seconds or less, or work asynchronously.",
        operation.timeout_beyond_gateway,
    ),
    Rule(
        "drift", _NOTE, "Changed outside Terraform",
        "This plan takes it back, or keeps it unseen.",
        "Put it into the code, or find out who did it.",
        operation.drift,
    ),
)  # fmt: skip
