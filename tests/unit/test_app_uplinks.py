"""The webhooks of the application speak in the time of a replayed recording."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from flask import Flask

import app
from api.body_size import limit_bodies, most_body_bytes
from config import Settings
from services.ingestion.spool import Spool

RECORDED = datetime(2014, 1, 10, 3, 0, tzinfo=UTC)
HEADERS = {"Authorization": "Bearer t", "Content-Type": "application/json"}


@pytest.fixture
def received(tmp_path, monkeypatch):
    """Post one message under some settings and return it as it lies in the spool."""
    clock = SimpleNamespace(now=lambda: RECORDED)
    found = SimpleNamespace(situation=SimpleNamespace(clock=clock))
    monkeypatch.setattr(app, "services", lambda: found)

    def post(**options):
        settings = Settings(state_dir=tmp_path, webhook_token="t", **options)  # noqa: S106 - a test's own
        server = Flask("test")
        for blueprint in app.message_blueprints(settings):
            server.register_blueprint(blueprint)
        answer = server.test_client().post("/api/v1/uplinks/tts", data=b"{}", headers=HEADERS)
        assert answer.status_code == 202
        (batch,) = Spool(settings.spool_dir, 1_000_000).batches()
        return batch.messages[0]

    return post


def test_during_a_recording_an_uplink_has_its_time_and_origin(received):
    message = received(replay_from="2014-01-10T00:00:00+01:00")
    assert (message.origin, message.received_at) == ("imported", RECORDED)


def test_otherwise_it_is_live_and_has_the_wall_clocks_time(received):
    message = received()
    assert message.origin == "live"
    assert message.received_at > RECORDED


@pytest.mark.parametrize(
    ("address", "media_type"),
    [
        ("/api/v1/uplinks/tts", "application/json"),
        ("/api/v1/ngsi-ld/notify", "application/ld+json"),
    ],
)
def test_a_huge_message_is_still_kept_by_its_head(tmp_path, address, media_type):
    settings = Settings(state_dir=tmp_path, webhook_token="t")  # noqa: S106 - a test's own
    server = Flask("test")
    for blueprint in app.message_blueprints(settings):
        server.register_blueprint(blueprint)
    limit_bodies(server, 100)
    size = str(most_body_bytes(100) + 1)
    answer = server.test_client().post(
        address,
        data=b"{}",
        headers={**HEADERS, "Content-Type": media_type},
        environ_overrides={"CONTENT_LENGTH": size},
    )
    assert answer.status_code == 413
    assert f"{size} Bytes" in answer.json["detail"]
    (batch,) = Spool(settings.spool_dir, 1_000_000).batches()
    assert batch.messages[0].full_size == int(size)
