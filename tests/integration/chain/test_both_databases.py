"""The chain from spool to screen views on the embedded and on the production database."""

import base64
import json
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from config import Settings
from services.ingestion.spool import SpooledMessage
from wiring import wire
from wiring_services import make_services
from wiring_work import make_writer

PACK = Path(__file__).resolve().parents[2] / "validation_region"
NOW = datetime.now(UTC).replace(microsecond=0)
DEVICE = "00000000f100d001"


def message(minutes_ago, value, *, body=None):
    at = NOW - timedelta(minutes=minutes_ago)
    event = {
        "deduplicationId": str(uuid.uuid4()),
        "time": at.isoformat(),
        "deviceInfo": {"devEui": DEVICE},
        "devAddr": "00d988b3",
        "fCnt": 1000 - minutes_ago,
        "fPort": 10,
        "data": base64.b64encode(b"").decode(),
        "object": {"discharge_m3s": value},
    }
    content = json.dumps(event).encode() if body is None else body
    topic = f"application/a/device/{DEVICE}/event/up"
    return SpooledMessage("chirpstack", topic, at + timedelta(seconds=2), content, "live")


@pytest.fixture
def wired(engine, tmp_path):
    settings = Settings(
        state_dir=tmp_path,
        region_dir=PACK,
        webhook_token=SecretStr("token"),
        database_url=engine.url.render_as_string(hide_password=False),
        flood_members=100,
    )
    found = wire(settings)
    yield found
    found.engine.dispose()


def test_what_arrives_is_flagged_stored_computed_and_shown(wired):
    rising = [message(minutes, 40.0 - minutes / 6.0) for minutes in range(120, 0, -15)]
    wired.spool.put([*rising, message(1, 0, body=b"{broken"), rising[0]])
    counts = make_writer(wired).drain()
    row = wired.cycles.run()
    services = make_services(wired)
    situation = services.situation.situation()
    gauge = next(view for view in situation.gauges if view.gauge_id == "100000")
    assert counts["rejected"] == 1
    assert counts["duplicates"] == 1
    assert situation.run_id == row.run_id
    assert gauge.value == pytest.approx(37.5)
    assert gauge.is_rising
    assert not gauge.is_silent
    assert situation.rejected_last_day == 1
    assert [point.value for point in services.situation.gauge("100000", 24).points][-1] == 37.5
    assert services.runs.get(services.runs.start_what_if(None, "test")).status == "wartet"


def test_wiring_twice_on_one_database_changes_nothing(wired):
    again = wire(wired.settings)
    assert again.region.region_id == wired.region.region_id
    again.engine.dispose()
