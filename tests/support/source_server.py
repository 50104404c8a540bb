"""A local HTTP server that replays bodies for sources, and notes what was asked of it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Reply:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    announced: int | None = None


@dataclass
class SourceServer:
    """Replies by path (without query); `asked` are the requests as (path with query, headers)."""

    replies: dict[str, Reply | Callable[[str, dict[str, str]], Reply]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    url: str = ""


@contextmanager
def source_server() -> Iterator[SourceServer]:
    found = SourceServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            headers = {key.lower(): value for key, value in self.headers.items()}
            found.asked.append((self.path, headers))
            reply = found.replies.get(self.path.split("?")[0], Reply(status=404))
            reply = reply(self.path, headers) if callable(reply) else reply
            self.send_response(reply.status)
            for key, value in reply.headers.items():
                self.send_header(key, value)
            size = len(reply.body) if reply.announced is None else reply.announced
            self.send_header("Content-Length", str(size))
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    found.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
