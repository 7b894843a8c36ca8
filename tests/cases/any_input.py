"""Bytes a client may send and values a function may return, whatever comes to anybody's mind."""

from __future__ import annotations

from hypothesis import strategies as st

TOKENS = st.text("ABCXYZabcxyz-_.!#$%&'*+^`|~0189", min_size=1, max_size=12)
TARGETS = st.one_of(
    st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=30).map(lambda text: f"/dev/{text}"),
    st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=30),
    st.sampled_from(
        [
            "*",
            "/",
            "//dev//",
            "/dev/../..",
            "http://x/dev/y",
            "x:443",
            "/dev/%00%ff%",
            "/dev/?;&=;a",
            "/_apitool/",
        ]
    ),
)
VALUES = st.text(st.characters(min_codepoint=0, max_codepoint=255, exclude_characters="\n"), max_size=20)
FRAMING = st.sampled_from(
    [
        ("Content-Length", "3"),
        ("Content-Length", "-1"),
        ("Content-Length", "3, 3"),
        ("Content-Length", "99999999999999999999"),
        ("Transfer-Encoding", "chunked"),
        ("Transfer-Encoding", "gzip, chunked"),
        ("Transfer-Encoding", "identity"),
        ("Connection", "Upgrade"),
        ("Upgrade", "websocket"),
        ("Expect", "100-continue"),
        ("Host", ""),
        ("Host", "zzzzzzzzzz.execute-api.us-east-1.amazonaws.com"),
        ("Content-Encoding", "gzip"),
        ("Accept-Encoding", "gzip;q=nonsense"),
        ("Accept", ",,;"),
        ("Content-Type", "/"),
        ("X-Amzn-Trace-Id", "Root=;;=\x01"),
        ("Connection", "close"),
        ("Connection", "keep-alive, X-Own"),
        ("Upgrade", "h2c"),
        ("TE", "trailers"),
        ("Trailer", "Expires"),
        ("X-Folded", "one\r\n two"),
        ("X-Own", "a\0b"),
        ("X-Long", "x" * 11_000),
    ]
)
HEADERS = st.one_of(
    st.lists(st.one_of(st.tuples(TOKENS, VALUES), FRAMING), max_size=6),
    st.integers(100, 3_000).map(lambda count: [("x", "")] * count),
)
BODIES = st.one_of(
    st.binary(max_size=40),
    st.sampled_from(
        [
            b"abc",
            b"3\r\nabc\r\n0\r\n\r\n",
            b"3;a=b\r\nabc\r\n0\r\nX-T: 1\r\n\r\n",
            b"3\nabc\n0\n\n",
            b"ffffffffffffffff\r\n",
        ]
    ),
)
METHODS = st.one_of(st.sampled_from(["GET", "POST", "HEAD", "OPTIONS", "PRI", "CONNECT", "get"]), TOKENS)
VERSIONS = st.sampled_from(["HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/9", "", "RTSP/1.0"])
ENDS = st.sampled_from(["\r\n", "\n", "\r"])


@st.composite
def request_like(draw: st.DrawFn) -> bytes:
    """Nearly a request; some are one."""
    end = draw(ENDS)
    lines = [f"{draw(METHODS)} {draw(TARGETS)} {draw(VERSIONS)}"]
    lines += [f"{name}: {value}" for name, value in draw(HEADERS)]
    head = end.join([*lines, "", ""])
    return head.encode("latin-1") + draw(BODIES)


ANY_BYTES = st.one_of(
    st.binary(max_size=200),
    request_like(),
    st.lists(request_like(), min_size=2, max_size=4).map(b"".join),
    st.tuples(request_like(), st.integers(0, 80)).map(lambda pair: pair[0][: pair[1]]),
)
SPLITTING = st.sampled_from(["201", "é\r\nSet-Cookie: x=1"])
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), SPLITTING)
ANY_JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.one_of(TOKENS, st.text(max_size=6))
SEVERAL = st.lists(SCALARS, max_size=3)
MEMBERS = {
    "statusCode": st.one_of(st.sampled_from([200, 204, 304, 100, 599, 600, "200", 0]), SCALARS),
    "headers": st.one_of(st.dictionaries(NAMES, SCALARS, max_size=4), ANY_JSON),
    "multiValueHeaders": st.one_of(st.dictionaries(NAMES, SEVERAL, max_size=3), ANY_JSON),
    "body": st.one_of(st.text(max_size=40), ANY_JSON),
    "isBase64Encoded": st.one_of(st.booleans(), SCALARS),
}
ANY_RETURN = st.one_of(ANY_JSON, st.fixed_dictionaries({}, optional=MEMBERS))
