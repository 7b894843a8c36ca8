"""Mapping requests and responses of integrations that are not a proxy: parameters, templates, content.

Templates are Velocity's (`velocity`); what is API Gateway's own about them stands here.

    jsonpath      `$.a.b[0]` and what else Jayway's library reads
    template      a Velocity template with API Gateway's variables
    input_object  `$input`
    util_object   `$util`
    overrides     `$context.requestOverride` and `responseOverride`
    passthrough   which request template holds for a Content-Type, or the 415
    content       text and bytes: contentHandling and binaryMediaTypes
    parameters    integration request parameters and response parameters
"""

from __future__ import annotations
