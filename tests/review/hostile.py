"""A plan whose every text wants to be markup, a link, a mention, a fence or a moved cursor."""

from __future__ import annotations

from tests.review.made import api, change, function, plan, route

from apitool.review.assessment import Policy

TITLE = '<img src=x onerror="alert(1)">'
ATTACKS = (
    '<script>document.title="owned"</script>',
    '"><img src=x onerror=alert(1)>',
    "</details></table></style><h1>owned",
    "```\n# owned\n```",
    "~~~ owned",
    "[link](https://evil.example) ![i](https://evil.example/i.png)",
    "@acme/security please approve #1 GH-1 https://evil.example www.evil.example",
    "| cell | <!-- hidden",
    "a --> b",
    "javascript:alert(1)",
    "\x1b[2J\x1b]0;owned\x07 \u202eevil \u2066x\u2069",
    "line\n::error::owned\r\n> [!CAUTION] owned",
    "*bold* _em_ `code` ~del~ \\ ${{ secrets.TOKEN }}",
)


def document():
    changes = [api()]
    for number, attack in enumerate(ATTACKS):
        name = f"{number}{attack}"
        changes += route({}, None, name=f"r{number}")
        changes[-2]["change"]["before"]["authorization"] = attack
        changes[-3]["change"]["before"]["path_part"] = changes[-3]["change"]["after"]["path_part"] = name
        changes.append(function({"handler": attack}, {"handler": f"{attack}2"}, name=f"f{number}"))
        changes[-1]["change"]["after"]["function_name"] = changes[-1]["change"]["before"]["function_name"] = (
            name
        )
        changes.append(change(f'aws_sqs_queue.q["{attack}"]', {"name": attack}, None, type="aws_sqs_queue"))
        changes.append(
            change(f"aws_cloudwatch_log_group.g{number}", {"name": name}, {"name": name, "tags": {"a": "b"}})
        )
    return plan(*changes)


POLICY = Policy()
