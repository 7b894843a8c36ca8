"""The proxy contract: what API Gateway REST does with a request and with what its integration answers.

Pure: no I/O, no AWS, no clock, no random numbers, and of ours from outside this folder only `visible`. In the
order a request takes:

    openapi, api          the document of PutRestApi -> what the gateway serves (route_tree, openapi_security)
    method_settings       settings of a stage, and what holds for one method
    stage_patch           UpdateStage by AWS's rules (patch_texts, canary_patch, setting_values)
    canary                which deployment of a stage serves a request
    request, stage        what comes in, and where
    paths, routing        resource paths AWS takes; resource and verb of a request
    passage, limits       one request on its way; the sizes it may have
    admission             who is let in (policies, authorizers, usage, throttle)
    validation            required parameters and the model of the body (json_schema)
    event                 the proxy event (event_headers, event_identity, query, media, tracing)
    integrations          what is called, and what its answer becomes
    mapping, velocity     templates and parameters of integrations that are no proxy
    outcome, response     what came back, and the verdict on a proxy function (response_shape, …)
    gateway_response      the gateway's own answers, customised
    compression           bodies for clients that accept gzip
    execution_log, access_log                        what is written about it (log_lines, log_endpoint)
    steps, exchange       all of it for one request, step by step
    method_test           TestInvokeMethod: one method, outside every stage
    verdict_shown         verdicts as text and as data, wherever they are shown

Where AWS is not recorded the strict rule holds, and its finding says so: `verdict.Finding.recorded`. What is
recorded, measured, documented or guessed: `docs/gateway.md`.
"""
