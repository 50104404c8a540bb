"""Gateways on this machine that do what real ones do at their worst: HTTP and SMTP."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller

from tests.support.private_servers import free_port


class HttpGateway:
    """Answers as told: (status, headers, body), or hangs until it is closed."""

    def __init__(self):
        self.got, self.answer, self.hangs = [], (200, {}, b'{"id":"sms-7"}'), False
        self.released = threading.Event()
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                gateway.got.append((self.path, body.decode()))
                if gateway.hangs:
                    gateway.released.wait(60)
                    return
                status, headers, answer = gateway.answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            do_PUT = do_POST  # noqa: N815  # the name that the server looks for

            def log_message(self, *_given):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()


class SmtpGateway:
    """Keeps mails, or refuses recipients or data with the reply that it was told."""

    def __init__(self):
        self.mails, self.refuse_recipient, self.refuse_data = [], "", ""
        self.port = free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if self.refuse_recipient:
            return self.refuse_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        if self.refuse_data:
            return self.refuse_data
        self.mails.append((envelope.rcpt_tos, envelope.content.decode()))
        return f"250 OK queued as {len(self.mails)}"

    def close(self):
        self.controller.stop()


@contextmanager
def opened(kind):
    gateway = kind()
    yield gateway
    gateway.close()
