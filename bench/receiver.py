"""A gateway on this machine that takes every message at once, and a recipient behind it."""

import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from data import recipients
from data.engine import writing
from data.recipients import RecipientRow

STORE_S = 90.0
GROUPS = ("bereitschaft", "leitung", "krisenstab", "technik")


@contextmanager
def receiver(folder: Path) -> Iterator[tuple[Path, list[bytes]]]:
    """Run the gateway; gives the file of channels that leads to it, and what it has received."""
    got: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_given: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    path = folder / "channels.toml"
    path.write_text(
        '[[channel]]\nkey = "bench"\nname = "Messung"\n'
        f'url = "json://127.0.0.1:{server.server_port}/?:to={{address}}"\n',
        encoding="utf-8",
    )
    yield path, got
    server.shutdown()
    server.server_close()


def wait_for_store(sessions: sessionmaker[Session], region_id: str) -> None:
    """Wait until the processes have made the store; a busy machine takes its time."""
    until = time.monotonic() + STORE_S
    while True:
        try:
            with sessions() as session:
                recipients.count(session, region_id)
                return
        except OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


def enter_recipient(sessions: sessionmaker[Session], region_id: str) -> None:
    """Let somebody be in every group that alarms call."""
    now = datetime.now(UTC)
    row = RecipientRow(
        recipient_id=str(uuid.uuid4()),
        name="Messung",
        groups=GROUPS,
        channels=(("bench", "messung"),),
        is_active=True,
        note="",
        consent_on=None,
        confirmed_on=None,
        created_at=now,
    )
    with sessions.begin() as session:
        recipients.add(writing(session), region_id, [row])
