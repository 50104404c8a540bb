"""The heartbeat: a virtual sensor's uplink goes the whole way to a delivered message.

Spool, writer, store, decision, outbox, channel: what alarms pass through, every quarter of an hour.
The virtual thing is of a kind of its own, which neither catalogue nor API nor pages read.
"""

import base64
import json
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import heartbeats
from data.engine import writing
from data.region_pack.sensor_rows import SensorRow
from data.things import HEARTBEAT, StreamRow, ThingRow
from services.clock import wall_now
from services.errors import CockpitError
from services.ingestion.spool import Spool
from services.ingestion.spooled import SpooledMessage
from services.notifications.drills import DrillBox
from services.notifications.model import Kind
from services.notifications.outbox import Outbox, plain_message

LOG = logging.getLogger(__name__)
EVERY = timedelta(minutes=15)
KEEP = timedelta(days=30)
"""Beats are shown for seven days; a month is kept to compare (estimate)."""
LOOK_S = 5.0
FIRST_AFTER_S = 20.0
"""The other processes have started by then (estimate)."""
DEVICE = "ffffffff00000001"
"""No manufacturer has this identifier (IEEE reserves ff-ff-ff)."""
THING, PROPERTY, UNIT = "herzschlag", "battery", "%"
KEY = f"{THING}/{PROPERTY}"
BOX = "uebungspostfach"
"""Channel of a beat that no address is set for: it is delivered where drills are."""
TITLE = "Herzschlag des Regionalcockpits"
TEXT = "Prüfmeldung vom virtuellen Sensor bis zur Zustellung. Es gibt keinen Alarm."
SENSOR = SensorRow(
    dev_eui=DEVICE,
    gauge_id=THING,
    observed_property="battery",
    path="beat",
    unit=UNIT,
    simulated=True,
    source="virtual",
)
STREAM = StreamRow(ThingRow(THING, "Herzschlag", HEARTBEAT, source=THING), PROPERTY, UNIT)


def uplink(at: datetime, origin: str) -> SpooledMessage:
    """Return the uplink of the virtual sensor, as a network server would send it."""
    body = {
        "deduplicationId": f"herzschlag-{at.timestamp():.6f}",
        "time": at.isoformat(),
        "deviceInfo": {"applicationName": THING, "devEui": DEVICE},
        "fCnt": int(at.timestamp()) % 2**31,
        "fPort": 1,
        "data": base64.b64encode(b"\x00").decode(),
        "object": {"beat": 100.0},
    }
    topic = f"application/{THING}/device/{DEVICE}/event/up"
    return SpooledMessage("chirpstack", topic, at, json.dumps(body).encode(), origin)


@dataclass(frozen=True, slots=True)
class BeatSource:
    """The virtual sensor: speaks every quarter of an hour of the wall clock."""

    spool: Spool
    origin: str
    wall: Callable[[], datetime] = wall_now

    def run_forever(self, stop: threading.Event) -> None:
        """Speak until told to stop; a spool that takes nothing is what the test is for."""
        next_at = self.wall() + timedelta(seconds=FIRST_AFTER_S)
        while not stop.wait(LOOK_S):
            now = self.wall()
            if not now >= next_at and next_at - now <= EVERY:
                continue  # a clock that jumps back must not silence the sensor
            try:
                self.speak()
            except CockpitError as error:
                LOG.warning("Der Herzschlag kommt nicht in die Zwischenablage: %s", error)
            next_at = now + EVERY

    def speak(self) -> None:
        """Put one uplink into the spool, where all uplinks wait for the writer."""
        self.spool.put([uplink(self.wall(), self.origin)])


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Decides on what the virtual sensor said; called after each cycle, where alarms are decided.

    With `outbox` and an address the beat goes out over its channel. Without an address it ends in
    the mailbox of drills, or, in real operation, nowhere: a chain that sends nothing is not proven.
    """

    sessions: sessionmaker[Session]
    region_id: str
    drills: DrillBox
    outbox: Outbox | None = None
    wall: Callable[[], datetime] = wall_now
    is_live: bool = False

    def __call__(self) -> None:
        """Announce the newest beat if nobody has yet."""
        with self.sessions() as session:
            beat_at = heartbeats.measured(session, KEY)
            last_at = heartbeats.newest(session, self.region_id)
        if beat_at is None or (last_at is not None and beat_at <= last_at):
            return
        now = self.wall()
        with self.sessions.begin() as session:
            if heartbeats.begin(writing(session), self.region_id, beat_at, now):
                self._announce(session, beat_at)
            heartbeats.prune(session, self.region_id, KEY, now - KEEP)

    def _announce(self, session: Session, beat_at: datetime) -> None:
        key = f"{Kind.BEAT.value}/{self.region_id}/{beat_at.isoformat()}"
        if self.outbox is not None:
            message = plain_message(Kind.BEAT, key, TITLE, TEXT, beat_at)
            self.outbox.put_for(session, message, None, self.wall())
            return
        if self.is_live:
            return  # nothing went out: no proof of the chain
        self.drills.put_plain(session, Kind.BEAT, key, (TITLE, TEXT), beat_at)
        heartbeats.delivered(session, self.region_id, beat_at, self.wall(), BOX)
