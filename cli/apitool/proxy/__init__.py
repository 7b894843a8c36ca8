"""The proxy contract: what API Gateway REST does with a request and with a function's answer.

Pure: no I/O, no AWS, no clock, no random numbers, and nothing of ours from outside this folder. In the order
a request takes:

    openapi, api          the document of PutRestApi -> what the gateway serves
    method_settings       settings of a stage, and what holds for one method
    stage_patch           UpdateStage by AWS's rules (patch_texts, canary_patch, setting_values)
    request, stage        what comes in, and where
    paths, routing        resource paths AWS takes; resource and verb of a request
    authorization, limits, throttle, validation      the gates before the integration
    event                 the proxy event (event_headers, query, media, tracing)
    integration_rules, mock                          what an integration does without a function
    outcome, response     what came back, and the verdict on it (response_shape, response_body, …)
    gateway_response      the gateway's own answers, customised
    execution_log, access_log                        what is written about it
    exchange              all of it for one request, in two steps

Where AWS is not recorded the strict rule holds, and its finding says so: `verdict.Finding.recorded`.
"""
