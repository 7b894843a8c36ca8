"""The platform's own lines, against texts recorded on AWS."""

import json

from apitool.local.runtime import failures
from apitool.local.runtime.log_lines import JsonLines, Report, TextLines

AT = 1_795_313_343_803
ID = "5b3aa800-5ff2-4756-89f4-8b01418f8b79"


def test_a_report_bills_the_init_it_waited_for():
    report = Report(ID, 1233.96, 256, 123, init_ms=463.512)
    assert report.billed_ms == 1698
    assert TextLines().end(report, AT)[-1] == (
        f"REPORT RequestId: {ID}\tDuration: 1233.96 ms\tBilled Duration: 1698 ms\tMemory Size: 256 MB\t"
        "Max Memory Used: 123 MB\tInit Duration: 463.51 ms\t\n"
    )


def test_a_crash_is_named_in_the_report():
    report = Report(ID, 1248.31, 128, 94, init_ms=293.05, failure=failures.exited(ID, 1))
    cause, end, last = TextLines().end(report, AT)
    assert cause == f"RequestId: {ID} Error: Runtime exited with error: exit status 1\nRuntime.ExitError\n"
    assert end == f"END RequestId: {ID}\n"
    assert last == (
        f"REPORT RequestId: {ID}\tDuration: 1248.31 ms\tBilled Duration: 1542 ms\tMemory Size: 128 MB\t"
        "Max Memory Used: 94 MB\tInit Duration: 293.05 ms\tStatus: error\tError Type: Runtime.ExitError\n"
    )


def test_a_timeout_is_a_line_and_a_status():
    report = Report(ID, 3000, 1024, 64, failure=failures.timed_out(ID, 3, AT))
    line, _, last = TextLines().end(report, AT)
    assert line == f"2026-11-22T02:09:03.803Z {ID} Task timed out after 3.00 seconds\n\n"
    assert last.endswith(
        "Billed Duration: 3000 ms\tMemory Size: 1024 MB\tMax Memory Used: 64 MB\tStatus: timeout\n"
    )


def test_an_exception_of_the_handler_leaves_the_report_as_it_is():
    failure = failures.posted(b'{"errorType": "KeyError", "errorMessage": "x"}', None, reported=False)
    assert TextLines().end(Report(ID, 1, 128, 40, failure=failure), AT)[-1].endswith("Used: 40 MB\t\n")


def test_an_init_report_tells_phase_and_error():
    (line,) = TextLines().init_report(137.69, "init", "error", "Runtime.ImportModuleError", AT)
    assert line == (
        "INIT_REPORT Init Duration: 137.69 ms\tPhase: init\tStatus: error\t"
        "Error Type: Runtime.ImportModuleError\n"
    )


def test_the_json_report_has_lambdas_keys():
    (line,) = JsonLines().end(Report(ID, 1233.96, 256, 123, init_ms=463.512), AT)
    assert json.loads(line) == {
        "time": "2026-11-22T02:09:03.803Z",
        "type": "platform.report",
        "record": {
            "requestId": ID,
            "metrics": {
                "durationMs": 1233.96,
                "billedDurationMs": 1698,
                "memorySizeMB": 256,
                "maxMemoryUsedMB": 123,
                "initDurationMs": 463.512,
            },
            "status": "success",
        },
    }


def test_an_error_document_that_is_no_json_still_has_a_type():
    failure = failures.posted(b"\xffnot json", "Runtime.Odd", reported=False)
    assert (failure.error_type, failure.message, failure.payload) == ("Runtime.Odd", "", b"\xffnot json")
    assert failures.posted(b"[]", None, reported=False).error_type == "Unhandled"
