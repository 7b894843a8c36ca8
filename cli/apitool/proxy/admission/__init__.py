"""Who is let in: resource policy, authorization, API key, throttling, in this order.

That the policy comes first is AWS's documentation; that the authorizer comes before the key follows from the
order of the log (a public one of 2017), and from keys that authorizers give.

    entry              the order, and what comes out
    authorization      by the method's authorizationType
    lambda_authorizer  asking a Lambda authorizer, and its answer
    keys_and_rates     API key, usage plan, the method's own throttling
"""

from __future__ import annotations
