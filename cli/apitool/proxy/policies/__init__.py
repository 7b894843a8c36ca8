"""IAM policy documents: what an authorizer returned, and the resource policy of an API.

Only what decides about invoking an API is read; IAM has more operators and more principals.

    wildcards         `*` and `?` in actions and resources
    conditions        `Condition` blocks, by what is known of a request
    decision          a policy and a request -> allowed, denied explicitly, or not allowed
    resource_policy   the policy of a RestApi, and what a refused client is told
"""

from __future__ import annotations
