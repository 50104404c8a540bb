"""A homeserver of Matrix on this machine: the parts of the client-server API that couriers meet.

Answers have the form of the specification (v1.11) with its error codes: login by password or a
token, who one is, joining by id or alias, sending with transaction ids, logging out, and what must
never be asked of it by us: registering, making rooms, uploading keys.
"""

import json
import ssl
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

API = "/_matrix/client/v3"
NAME = "example.org"
BOT = f"@cockpit:{NAME}"


@dataclass
class Room:
    """`invited` are those who may join; events are (sender, content) in order."""

    room_id: str
    alias: str
    invited: set[str] = field(default_factory=lambda: {BOT})
    joined: set[str] = field(default_factory=set)
    events: list[tuple[str, dict[str, object]]] = field(default_factory=list)


class RefusedError(Exception):
    """An answer that refuses: status, `errcode`, words, and what else stands in it."""

    def __init__(self, status, code, words, **more):
        super().__init__(code)
        self.status, self.body = status, {"errcode": code, "error": words, **more}


class MatrixServer:
    """One room, one account; `busy_ms` limits it, `hangs_at` names a request without an answer."""

    def __init__(self, context: ssl.SSLContext | None = None):
        self.room = Room(f"!alarme:{NAME}", f"#alarme:{NAME}")
        self.tokens, self.password = {"syt_geheim": BOT}, "sehrgeheim"
        self.transactions: dict[tuple[str, str], str] = {}
        self.asked: list[str] = []
        self.busy_ms, self.busy_header, self.hangs_at = 0, "", ""
        self.released = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        if context is not None:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()

    def paths(self):
        """Return what was asked, without transaction ids."""
        return [path.partition("/send/")[0] for path in self.asked]

    def answer(self, method, path, body, token):
        """Return the JSON of an answer."""
        if path == "/.well-known/matrix/client":
            raise RefusedError(404, "M_NOT_FOUND", "No well-known")
        step = path.removeprefix(API)
        if method == "POST" and step == "/login":
            return self._login(body)
        if step == "/register":
            raise RefusedError(403, "M_FORBIDDEN", "Registration has been disabled")
        who = self._who(token)
        if self.busy_ms and step.startswith(("/join/", "/rooms/")):
            raise RefusedError(
                429, "M_LIMIT_EXCEEDED", "Too Many Requests", retry_after_ms=self.busy_ms
            )
        return self._known(method, step, body, who, token)

    def _known(self, method, step, body, who, token):
        if (method, step) == ("GET", "/account/whoami"):
            return {"user_id": who, "device_id": "DEVICE"}
        if (method, step) == ("POST", "/logout"):
            del self.tokens[token]
            return {}
        if method == "POST" and step.startswith("/join/"):
            return self._join(unquote(step.removeprefix("/join/")), who)
        if method == "PUT" and step.startswith("/rooms/"):
            return self._send(step, body, who, token)
        raise RefusedError(404, "M_UNRECOGNIZED", "Unrecognized request")

    def _login(self, body):
        is_bot = body.get("identifier", {}).get("user") == "cockpit"
        if not is_bot or body.get("password") != self.password:
            raise RefusedError(403, "M_FORBIDDEN", "Invalid username or password")
        token = f"syt_{len(self.tokens)}"
        self.tokens[token] = BOT
        return {"user_id": BOT, "access_token": token, "device_id": "DEVICE"}

    def _who(self, token):
        if not token:
            raise RefusedError(401, "M_MISSING_TOKEN", "Missing access token")
        if token not in self.tokens:
            raise RefusedError(401, "M_UNKNOWN_TOKEN", "Unrecognised access token")
        return self.tokens[token]

    def _join(self, named, who):
        if named not in (self.room.room_id, self.room.alias):
            raise RefusedError(404, "M_NOT_FOUND", f"Room alias {named} not found")
        if who not in self.room.invited:
            raise RefusedError(403, "M_FORBIDDEN", "You are not invited to this room.")
        self.room.joined.add(who)
        return {"room_id": self.room.room_id}

    def _send(self, step, body, who, token):
        room_id, _send, rest = step.removeprefix("/rooms/").partition("/send/")
        kind, _slash, transaction = rest.partition("/")
        if unquote(room_id) != self.room.room_id or who not in self.room.joined:
            raise RefusedError(403, "M_FORBIDDEN", f"User {who} not in room")
        if kind != "m.room.message" or not isinstance(body.get("body"), str):
            raise RefusedError(400, "M_BAD_JSON", "Not a message")
        key = (token, transaction)
        if key not in self.transactions:
            self.room.events.append((who, body))
            self.transactions[key] = f"$ereignis{len(self.room.events)}"
        return {"event_id": self.transactions[key]}

    def _handler(self):
        made = self

        class Handler(BaseHTTPRequestHandler):
            def _do(self):
                length = int(self.headers.get("Content-Length") or 0)
                text = self.rfile.read(length).decode()
                path = urlsplit(self.path).path
                made.asked.append(path)
                if made.hangs_at and made.hangs_at in path:
                    made.released.wait(60)
                    return
                token = self.headers.get("Authorization", "").removeprefix("Bearer ")
                try:
                    body = json.loads(text) if text else {}
                    status, found = 200, made.answer(self.command, path, body or {}, token)
                except RefusedError as error:
                    status, found = error.status, error.body
                answer = json.dumps(found).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                if status == 429 and made.busy_header:
                    self.send_header("Retry-After", made.busy_header)
                self.end_headers()
                self.wfile.write(answer)

            do_GET = do_POST = do_PUT = _do  # noqa: N815  # the names that the server looks for

            def log_message(self, *_given):
                pass

        return Handler
