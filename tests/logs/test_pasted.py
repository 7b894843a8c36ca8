"""What curl printed is an answer with ids; an id alone is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitool.logs import pasted

PLAIN = (
    "HTTP/1.1 502 Bad Gateway\r\nx-amzn-RequestId: 6a7b2c55\r\n"
    "x-amzn-ErrorType: InternalServerErrorException\r\n"
    'x-amz-apigw-id: W9zM=\r\n\r\n{"message": "Internal server error"}'
)
VERBOSE = (
    "* Connected to localhost\n> GET /dev/x HTTP/1.1\n> Host: localhost\n< HTTP/2 403 \n"
    '< x-amzn-RequestId: 77\n< x-amzn-ErrorType: ForbiddenException\n< \n{"message":"Forbidden"}'
)


def test_an_answer_has_status_ids_and_message():
    answer = pasted.parse(PLAIN)
    assert (answer.status, answer.message) == (502, "Internal server error")
    assert answer.ids == ("6a7b2c55", "W9zM=")
    assert pasted.cause(answer, "dev") is None


def test_what_curl_v_prints_is_read_too():
    answer = pasted.parse(VERBOSE)
    assert (answer.status, answer.ids) == (403, ("77",))
    assert pasted.cause(answer, "dev").rule == "route.no-such-stage"


@pytest.mark.parametrize("text", ["6a7b2c55-36f0", "W9zMPGrHtjMEeFw=", "1-6962324d-273b"])
def test_an_id_is_no_answer(text):
    assert pasted.parse(text) is None


@given(st.text(max_size=300))
def test_any_text_can_be_pasted(text):
    answer = pasted.parse(text)
    if answer is not None:
        pasted.cause(answer, "dev")
