"""Compression by the gateway (documented), and HEAD, whose answer has no body."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.proxy.builders import MOCK, answer, custom, header, invocation, refusal, request, returned, stage

from apitool.proxy.compression import MAX_INFLATED_BYTES, coding_for, inflated

BODY = "x" * 500
MINIMUM = {"x-amazon-apigateway-minimum-compression-size": 100}


def served(**extras):
    return stage(**{**MINIMUM, **extras})


def given_for(accept_encoding: str | None, body: str = BODY, **headers: str):
    sent = request(**({"accept_encoding": accept_encoding} if accept_encoding is not None else {}))
    return answer(returned({"headers": headers, "body": body}), served(), sent)


def test_a_large_body_is_compressed_as_the_client_asks():
    zipped = given_for("gzip")
    assert header(zipped, "Content-Encoding") == "gzip"
    assert gzip.decompress(zipped.body) == BODY.encode()
    assert header(zipped, "Content-Length") == str(len(zipped.body))
    deflated = given_for("deflate")
    assert header(deflated, "Content-Encoding") == "deflate"
    assert zlib.decompress(deflated.body) == BODY.encode()


@pytest.mark.parametrize(
    ("accept_encoding", "coding"),
    [
        ("gzip, deflate, br", "gzip"),
        ("deflate, gzip", "gzip"),  # which one is preferred: our guess
        ("GZIP;q=0.5", "gzip"),
        ("gzip;q=0, deflate", "deflate"),
        ("gzip; q=0.0", None),
        ("*", "gzip"),
        ("*;q=0", None),
        ("br", None),
        ("identity", None),
        ("gzip;q=many", None),
        ("", None),
        (None, None),
    ],
)
def test_the_coding_follows_accept_encoding(accept_encoding, coding):
    assert coding_for(accept_encoding) == coding
    assert header(given_for(accept_encoding), "Content-Encoding") == coding


@pytest.mark.parametrize(("size", "compressed"), [(99, False), (100, True)])
def test_bodies_below_the_minimum_stay_as_they_are(size, compressed):
    assert (header(given_for("gzip", "x" * size), "Content-Encoding") == "gzip") is compressed


def test_nothing_is_compressed_twice_or_unasked():
    encoded = given_for("gzip", **{"content-encoding": "br"})
    assert (header(encoded, "Content-Encoding"), encoded.body) == ("br", BODY.encode())
    off = answer(returned({"body": BODY}), stage(), request(accept_encoding="gzip"))
    assert header(off, "Content-Encoding") is None
    zero = answer(
        returned({"body": ""}),
        served(**{"x-amazon-apigateway-minimum-compression-size": 0}),
        request(accept_encoding="gzip"),
    )
    assert (header(zero, "Content-Encoding"), zero.body) == (None, b"")


def test_a_compressed_request_is_inflated_before_it_is_mapped():
    mapping = custom(requestTemplates={"application/json": "$input.json('$.a')"}, extras=MINIMUM)
    for content in (gzip.compress(b'{"a": 7}'), b'{"a": 7}'):
        coding = {"content_encoding": "gzip"} if content[:1] == b"\x1f" else {}
        assert invocation(mapping, request("POST /dev/x", body=content, **coding)).payload == b"7"


@pytest.mark.parametrize("body", [b"not gzip", gzip.compress(b"0" * (MAX_INFLATED_BYTES + 1))])
def test_a_body_that_can_not_be_inflated_is_a_500(body):
    mapping = custom(requestTemplates={"application/json": "{}"}, extras=MINIMUM)
    given_answer = refusal(mapping, request("POST /dev/x", body=body, content_encoding="gzip"))
    assert given_answer.status == 500


@given(body=st.binary(max_size=200), accept=st.text(max_size=20))
def test_any_header_is_read_and_what_is_compressed_can_be_read_again(body, accept):
    assert coding_for(accept) in {"gzip", "deflate", None}
    assert inflated(gzip.compress(body), "gzip") == body
    assert inflated(zlib.compress(body), " Deflate ") == body
    assert inflated(body, "br") == body


@pytest.mark.parametrize("integration", [None, MOCK])
def test_head_has_the_headers_of_its_get_and_no_body(integration):
    some = {"default": {"statusCode": "200", "responseTemplates": {"application/json": "12345"}}}
    declared = {"integration": {**integration, "responses": some}} if integration else {}
    if integration:
        given_answer = refusal(stage(**declared), request("HEAD /dev/x"))
    else:
        given_answer = answer(returned({"body": "12345"}), stage(), request("HEAD /dev/x"))
    assert (given_answer.status, given_answer.body) == (200, b"")
    assert header(given_answer, "Content-Length") == "5"  # HTTP (RFC 9110); AWS's is not recorded


def test_a_refused_head_has_no_body_either():
    given_answer = refusal(stage("GET /x"), request("HEAD /dev/x"))
    assert (given_answer.status, given_answer.body) == (403, b"")
    assert header(given_answer, "Content-Length") == "42"
