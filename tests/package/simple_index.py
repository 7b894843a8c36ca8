"""A package index on loopback: "simple" pages over a folder of wheels, with hashes as an index has them."""

from __future__ import annotations

import hashlib
import ssl
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class _Pages(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        name = self.path.strip("/").removeprefix("simple/")
        if not self.path.startswith("/simple/"):
            super().do_GET()
        elif files := [path for path in self._folder.iterdir() if path.name.split("-")[0] == name]:
            self._answer(
                "".join(f'<a href="/{path.name}#sha256={_hash(path)}">{path.name}</a>' for path in files)
            )
        else:
            self.send_error(404)

    @property
    def _folder(self) -> Path:
        return self.server.folder

    def _answer(self, page: str) -> None:
        content = f"<!DOCTYPE html><html><body>{page}</body></html>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(folder: Path, certificate: Path | None = None) -> Iterator[str]:
    """The address of the index of `folder`, on a port that was free; over TLS with a `certificate`."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Pages, directory=folder)) as server:
        server.folder = folder
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}/simple/"
        finally:
            server.shutdown()
            thread.join()


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
