"""Bytes no well-meaning client sends, and the statuses they are answered with, one for each request in them.

HTTP's own rules (RFC 9112) where AWS is not recorded. `GOOD` of a request is the function's own 200.
"""

from __future__ import annotations

GOOD, BAD, LONG, NOBODY = 200, 400, 431, 403
GET = b"GET /dev/x HTTP/1.1\r\n"
POST = b"POST /dev/x HTTP/1.1\r\n"
HOST = b"Host: x\r\n"
CLOSE = b"Connection: close\r\n"
END = b"\r\n"


def line(start: bytes) -> bytes:
    return start + b"\r\n" + HOST + CLOSE + END


def headers(*lines: bytes, start: bytes = GET) -> bytes:
    return start + HOST + CLOSE + b"".join(each + b"\r\n" for each in lines) + END


def chunked(body: bytes, *more: bytes, coding: bytes = b"chunked") -> bytes:
    return headers(b"Transfer-Encoding: " + coding, *more, start=POST) + body


def sized(length: bytes, *more: bytes, body: bytes = b"abc") -> bytes:
    return headers(b"Content-Length: " + length, *more, start=POST) + body


ABC = b"3\r\nabc\r\n0\r\n\r\n"
LINES: dict[str, tuple[bytes, list[int]]] = {
    "method with a space": (line(b"G ET /dev/x HTTP/1.1"), [BAD]),
    "method in small letters": (line(b"get /dev/x HTTP/1.1"), [BAD]),
    "method nobody knows": (line(b"BREW /dev/x HTTP/1.1"), [BAD]),
    "method of 2,000 letters": (line(b"A" * 2_000 + b" /dev/x HTTP/1.1"), [BAD]),
    "TRACE": (line(b"TRACE /dev/x HTTP/1.1"), [NOBODY]),
    "PROPFIND": (line(b"PROPFIND /dev/x HTTP/1.1"), [NOBODY]),
    "CONNECT to an authority": (line(b"CONNECT example.com:443 HTTP/1.1"), [NOBODY]),
    "CONNECT to a path": (line(b"CONNECT /dev/x HTTP/1.1"), [NOBODY]),
    "target absolute": (line(b"GET http://x/dev/x?a=1 HTTP/1.1"), [GOOD]),
    "target without a path": (line(b"GET http://x HTTP/1.1"), [NOBODY]),
    "target an asterisk": (line(b"OPTIONS * HTTP/1.1"), [NOBODY]),
    "target without a slash": (line(b"GET dev/x HTTP/1.1"), [BAD]),
    "target empty": (line(b"GET  HTTP/1.1"), [BAD]),
    "target with a space": (line(b"GET /dev/x y HTTP/1.1"), [BAD]),
    "target with a NUL": (line(b"GET /dev/\0 HTTP/1.1"), [BAD]),
    "target not ASCII": (line(b"GET /dev/\xff\xfe?a=\xff HTTP/1.1"), [BAD]),
    "target UTF-8": (line("GET /dev/☃ HTTP/1.1".encode()), [BAD]),
    "target with escapes of no UTF-8": (line(b"GET /dev/%ff?a=%ff%fe&%zz=%2&b=%ED%A0%80 HTTP/1.1"), [GOOD]),
    "target with a fragment": (line(b"GET /dev/x#f?a=1 HTTP/1.1"), [GOOD]),
    "target above the root": (line(b"GET /dev/../../etc/passwd HTTP/1.1"), [GOOD]),
    "target of 9,000 bytes": (line(b"GET /dev/" + b"a" * 9_000 + b" HTTP/1.1"), [GOOD]),
    "target of 20,000 bytes": (line(b"GET /dev/" + b"a" * 20_000 + b" HTTP/1.1"), [LONG]),
    "query of 1,000 names": (
        line(b"GET /dev/x?" + b"&".join(b"a%d=1" % n for n in range(1_000)) + b" HTTP/1.1"),
        [GOOD],
    ),
    "HTTP/1.0": (b"GET /dev/x HTTP/1.0\r\n\r\n", [GOOD]),
    "HTTP/1.0 kept alive": (b"GET /dev/x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", [GOOD]),
    "HTTP/0.9": (b"GET /dev/x\r\n\r\n", [BAD]),
    "HTTP/1.2": (line(b"GET /dev/x HTTP/1.2"), [BAD]),
    "HTTP/2.0 as text": (line(b"GET /dev/x HTTP/2.0"), [BAD]),
    "HTTP/2's preface": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", [BAD]),
    "TLS": (b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03" + b"\x11" * 300, [BAD]),
    "tabs for spaces": (line(b"GET\t/dev/x\tHTTP/1.1"), [BAD]),
    "lines that end in LF": (GET.replace(b"\r\n", b"\n") + b"Host: x\nConnection: close\n\n", [BAD]),
    "lines that end in CR CR LF": (headers().replace(b"\r\n", b"\r\r\n"), [BAD]),
    "empty lines before": (END * 2 + headers(), [GOOD]),
    "NULs before": (b"\0" * 100 + headers(), [BAD]),
}
HEADERS: dict[str, tuple[bytes, list[int]]] = {
    "1,000 short headers": (headers(*(b"x%d:" % n for n in range(1_000))), [GOOD]),
    "20,000 headers": (headers(*[b"x:y"] * 20_000), [LONG]),
    "a header of 20,000 bytes": (headers(b"X: " + b"a" * 20_000), [LONG]),
    "a name of 70,000 bytes": (headers(b"x" * 70_000 + b": a"), [LONG]),
    "a header that never ends": (GET + HOST + b"X: " + b"a" * 300_000, [LONG]),
    "a folded header": (headers(b"X-A: one", b" two"), [BAD]),
    "a folded header, tab": (headers(b"X-A: one", b"\ttwo"), [BAD]),
    "a fold before all headers": (GET + b" folded\r\n" + HOST + END, [BAD]),
    "NUL in a value": (headers(b"X-A: a\0b"), [BAD]),
    "NUL in a name": (headers(b"X\0A: a"), [BAD]),
    "CR in a value": (headers(b"X-A: a\rb"), [BAD]),
    "space in a name": (headers(b"X A: a"), [BAD]),
    "space before the colon": (headers(b"X-A : a"), [BAD]),
    "no colon": (headers(b"nocolon"), [BAD]),
    "no name": (headers(b": a"), [BAD]),
    "name not ASCII": (headers(b"X-\xe9: a"), [BAD]),
    "value Latin-1": (headers(b"X-A: \xe9"), [GOOD]),
    "value UTF-8": (headers("X-A: é☃".encode()), [GOOD]),
    "value of no UTF-8": (headers(b"X-A: \xff\xfe\x80"), [GOOD]),
    "an upgrade to h2c": (
        GET + HOST + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMA\r\n\r\n",
        [GOOD],
    ),
    "an upgrade to WebSocket": (GET + HOST + b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n", [GOOD]),
    "an upgrade, and a request behind it": (
        GET + HOST + b"Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n" + headers(),
        [GOOD],
    ),
}
BODIES: dict[str, tuple[bytes, list[int]]] = {
    "trailers": (chunked(b"3\r\nabc\r\n0\r\nX-T: 1\r\n\r\n", b"Trailer: X-T"), [GOOD]),
    "50,000 trailers": (chunked(b"3\r\nabc\r\n0\r\n" + b"X: 1\r\n" * 50_000 + END), [GOOD]),
    "chunk extension": (chunked(b"3;a=b\r\nabc\r\n0\r\n\r\n"), [GOOD]),
    "chunk size no number": (chunked(b"zz\r\nabc\r\n0\r\n\r\n"), [BAD]),
    "chunk size below zero": (chunked(b"-3\r\nabc\r\n0\r\n\r\n"), [BAD]),
    "chunk size with 0x": (chunked(b"0x3\r\nabc\r\n0\r\n\r\n"), [BAD]),
    "chunk too long": (chunked(b"3\r\nabcXX0\r\n\r\n"), [BAD]),
    "chunks that end in LF": (chunked(b"3\nabc\n0\n\n"), [BAD]),
    "chunked twice": (chunked(ABC, b"Transfer-Encoding: chunked"), [BAD]),
    "chunked and a length": (chunked(ABC, b"Content-Length: 3"), [BAD]),
    "chunked with a space before its colon": (
        headers(b"Transfer-Encoding : chunked", start=POST) + ABC,
        [BAD],
    ),
    "coding identity": (chunked(ABC, coding=b"identity"), [BAD]),
    "length twice": (sized(b"3", b"Content-Length: 3"), [BAD]),
    "two lengths": (sized(b"3", b"Content-Length: 4"), [BAD]),
    "length with a sign": (sized(b"+3"), [BAD]),
    "length with 0x": (sized(b"0x3"), [BAD]),
    "length empty": (sized(b""), [BAD]),
    "length a list": (sized(b"3, 3"), [BAD]),
    "length in other digits": (sized("\uff13".encode()), [BAD]),
    "length beyond 64 bits": (sized(b"9" * 30), [BAD]),
    "shorter than its length": (sized(b"10"), []),
    "a GET with a body": (headers(b"Content-Length: 5", start=GET) + b"GET /", [GOOD]),
    "expects 100": (sized(b"3", b"Expect: 100-continue"), [GOOD]),
    "expects something else": (sized(b"3", b"Expect: 200-ok"), [GOOD]),
    "garbage behind the last request": (headers() + b"\xff" * 1_000, [GOOD]),
    "garbage behind a request": (GET + HOST + END + b"BAD\r\n\r\n", [GOOD, BAD]),
    "50 requests at once": ((GET + HOST + END) * 50 + headers(), [GOOD] * 51),
}
HOSTILE = {**LINES, **HEADERS, **BODIES}
