"""Real servers for tests: skipped with a reason where absent, unless they are required."""

import os
import socket

from tests.support.requirements import absent

POSTGRES_URL = os.environ.get(
    "COCKPIT_TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/test"
)


def require_server(name: str, port: int) -> None:
    """Skip the test when nothing answers on the port; fail where servers are required."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2.0):
            return
    except OSError as error:
        absent(f"{name} does not answer on 127.0.0.1:{port} ({error})")
