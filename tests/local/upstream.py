"""An HTTP endpoint elsewhere, for HTTP integrations: it tells what it was asked, and misbehaves on demand."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Upstream(BaseHTTPRequestHandler):
    """`/moved` redirects, `/slow` takes a second, `/cut` breaks off; everything else is echoed with 201."""

    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode()
        path = self.path.partition("?")[0]
        if path.endswith("/slow"):
            time.sleep(1)
        if path.endswith("/cut"):
            self.close_connection = True
            return
        seen = {"method": self.command, "target": self.path, "headers": self.headers.items(), "body": body}
        content = json.dumps(seen).encode()
        self.send_response(302 if path.endswith("/moved") else 201)
        self.send_header("Location", "/elsewhere")
        self.send_header("X-CamelCase", "Upstream")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = answer  # noqa: N815 - the library's names

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def upstream() -> Iterator[str]:
    """Its URL, without a slash at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
