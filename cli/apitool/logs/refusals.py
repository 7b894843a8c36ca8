"""AWS's refusals of logging settings, word for word as recorded, and what to do about each."""

from __future__ import annotations

# (part of AWS's text, what it means, what to do)
_KNOWN = (
    (
        "CloudWatch Logs role ARN must be set in account settings",
        "the account has no CloudWatch role in this region",
        "apitool logs enable (it makes one)",
    ),
    (
        "The role ARN does not have required permissions configured",
        "the CloudWatch role is too new: IAM takes up to a minute and a half to make it known",
        "run this again in a minute",
    ),
    (
        "API Gateway could not successfully write to CloudWatch Logs using the ARN specified",
        "the CloudWatch role may not write to CloudWatch Logs, or not yet",
        "attach AmazonAPIGatewayPushToCloudWatchLogs to it, and run this again in a minute",
    ),
    (
        "Invalid logging level specified",
        "AWS knows the levels OFF, ERROR and INFO",
        "apitool logs enable --level info",
    ),
    (
        "Cannot remove method setting",
        "somebody else removed that entry meanwhile",
        "look at `apitool logs status` and run this again",
    ),
    (
        "Invalid method setting path",
        "AWS takes `/*/*/…` and `/~1path/VERB/…`, never ANY or a wildcard on one side",
        "name the route as apitool.toml writes it",
    ),
    (
        "Invalid ARN specified in the request",
        "an access log's destination starts with `arn:`",
        "give the log group's ARN without `:*`",
    ),
    (
        "Access Log format must include either",
        "an access log's format needs $context.requestId or $context.extendedRequestId",
        "add one of them",
    ),
    (
        "Access Log value must not be empty",
        "an access log's settings can't be empty",
        "remove /accessLogSettings as a whole",
    ),
    (
        "Access Log format must be single line",
        "an access log's format is one line",
        "take the line breaks out",
    ),
    (
        "Invalid accessLogSettings path",
        "only destinationArn and format can be set, and only the whole be removed",
        "use /accessLogSettings/destinationArn or /accessLogSettings/format",
    ),
    (
        "Too Many Requests",
        "AWS takes one UpdateAccount in 20 s, and ten control-plane requests a second of all together",
        "run this again in half a minute",
    ),
    (
        "concurrent modification",
        "somebody else changes this API right now",
        "run this again",
    ),
)


def known(seen: str) -> tuple[str, str] | None:
    """(what it means, what to do) for AWS's text; None for one nobody recorded."""
    return next(((what, fix) for part, what, fix in _KNOWN if part in seen), None)
