"""From an HTTP request to the store: the whole webhook path, good and bad messages."""

import json

from flask import Flask
from sqlalchemy import select

from api.uplinks import create_blueprint
from data.models import Observation, RejectedMessage
from data.region_pack.sensor_rows import SensorRow
from services.flood.model import Flag
from services.ingestion.mapping import rows_by_device
from services.ingestion.writer import SpoolWriter
from tests.support.flaggers import FunctionFlagger
from tests.support.requirements import shared_path

GOOD = FunctionFlagger(lambda *_: (Flag.GOOD, ""))

HEADERS = {"Authorization": "Bearer t", "Content-Type": "application/json"}
DEVICES = rows_by_device(
    [
        SensorRow.model_validate(
            {
                "dev_eui": "7cf95720fc015fef",
                "gauge_id": "nitz",
                "observed_property": "stage",
                "path": "levels.0.distance_mm",
                "unit": "mm",
                "mount_height_m": 4.2,
                "simulated": False,
                "source": "test",
            }
        )
    ]
)


def test_a_real_event_posted_twice_among_broken_ones_is_stored_once(sessions, spool, now):
    path = shared_path("data/uplinks/chirpstack_v4_uplink_2022-10-03.json")
    event = json.loads(path.read_bytes()) | {"object": {"levels": [{"distance_mm": 1700}]}}
    good = json.dumps(event | {"time": now.isoformat()}).encode()
    app = Flask("test")
    app.register_blueprint(create_blueprint(spool, "t", 100_000, lambda: now))
    client = app.test_client()
    statuses = [
        client.post("/api/v1/uplinks/chirpstack?event=up", data=body, headers=HEADERS).status_code
        for body in (good, b"{broken", b"x" * 200_000, good, b'{"deviceInfo": 5}')
    ]
    assert statuses == [202, 400, 413, 202, 202]

    counts = SpoolWriter(sessions, spool, DEVICES, GOOD).drain()
    with sessions() as session:
        values = session.scalars(select(Observation.value)).all()
        reasons = session.scalars(select(RejectedMessage.reason_code)).all()
    assert values == [2.5]
    assert sorted(reasons) == ["bad_envelope", "bad_json", "too_large"]
    assert counts["duplicates"] == 1
