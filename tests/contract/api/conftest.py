"""The app over a real small store instead of fakes: what the API says is what the store holds."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from werkzeug.serving import make_server

from api.page_memory import NAME
from services import container
from services.container import Services
from tests.support.real_store import real_services


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Services:
    return real_services(tmp_path_factory.mktemp("real"))


@pytest.fixture(autouse=True)
def installed(app, found: Services, real: Services) -> Services:
    """Put the real services over the fakes; these take the slot back afterwards."""
    container.install(real)
    app.server.extensions.pop(NAME, None)
    return real


@pytest.fixture
def served(app, real: Services) -> Iterator[str]:
    """The app on a local port, with links that lead there."""
    server = make_server("127.0.0.1", 0, app.server, threaded=True)
    address = f"http://127.0.0.1:{server.server_port}"
    container.install(replace(real, api=replace(real.api, public_url=address)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield address
    server.shutdown()
    server.server_close()
    thread.join()
