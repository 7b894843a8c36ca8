"""Where the gateway's lines go: the execution log's own group, the access log's destination."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.local import request_log
from apitool.local.log_writer import LogEvent, LogTarget
from apitool.project.names import execution_log_group

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apitool.local.exchange import Exchanged
    from apitool.local.log_writer import LogWriter
    from apitool.local.runtime.log_stream import LogStream
    from apitool.local.served_stage import ServedStage
    from apitool.proxy.exchange import Answer
    from apitool.proxy.request import Request

_LOG_GROUP = ":log-group:"


class GatewayLogs:
    """Execution lines need an account role; `apitool.proxy` leaves out what the level does not ask for."""

    def __init__(self, writer: LogWriter) -> None:
        self._writer = writer

    def of_request(
        self, served: ServedStage | None, request: Request, exchange: Exchanged, started: float
    ) -> None:
        """What the gateway notes; `started` is time.perf_counter()'s."""
        request_log.write("gateway", request.method, request.target, exchange.answer.status, started)
        if served is not None:
            self._write(served, exchange.answer)

    def _write(self, served: ServedStage, answer: Answer) -> None:
        stage = served.deployed
        if served.execution_log and answer.execution_log:
            group = execution_log_group(stage.rest_api_id, stage.name)
            self._writer.put_lines(stage.region, group, answer.execution_log, made_by_aws=True)
        destination = stage.settings.access_log_destination or ""
        if answer.access_log is not None and _LOG_GROUP in destination:
            group = destination.partition(_LOG_GROUP)[2].removesuffix(":*")
            self._writer.put_lines(stage.region, group, (answer.access_log,), made_by_aws=False)

    def of_function(self, stream: LogStream, at_ms: int, messages: Iterable[str]) -> None:
        """The runtime's sink."""
        function = stream.function
        target = LogTarget(function.region, function.log_group, stream.name)
        for message in messages:
            self._writer.put(LogEvent(target, at_ms, message))
