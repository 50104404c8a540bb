"""Builds the services of a process from the settings: the one place that knows who needs whom."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from config import Settings
from data import commissioned, replays, schema, things
from data.engine import make_engine, make_sessions, writing
from data.region_pack.sensor_rows import SensorRow
from data.things import StreamRow, ThingRow
from services.archive.reading import SeriesReader
from services.boundaries.service import BoundaryService
from services.cache_policy import Remember, forget_at_once
from services.clock import Clock, ReplayClock, SystemClock, wall_now
from services.cycles import CycleService
from services.drills.event import with_event
from services.flood.learning.service import LearningService
from services.ingestion.spool import Spool
from services.journal.from_cycle import CycleJournal
from services.notifications.heartbeat import STREAM
from services.region import Region, open_region, with_sensors
from services.series.roller import Roller
from services.thresholds.in_effect import ThresholdBook

BYTES_PER_MB = 1_000_000
THING_KIND = "gauge"
RECORDING = "aufzeichnung"
RECORDING_MAX = timedelta(days=400)
"""A recording ends when its messages end; its clock runs on for at most so long."""
UNITS = {
    "stage": "m",
    "discharge": "m³/s",
    "battery": "",
    "water_temperature": "°C",
    "air_temperature": "°C",
    "rain": "mm",
}
"""Stored unit of each observed property; a battery keeps the unit that the device reports."""


@dataclass(frozen=True, slots=True)
class Wired:
    """What the composition roots work with."""

    settings: Settings
    engine: Engine
    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    cycles: CycleService
    spool: Spool
    boundaries: BoundaryService
    learning: LearningService
    roller: Roller
    reader: SeriesReader

    @property
    def polls_sources(self) -> bool:
        """Tell whether sources are polled: never in the simulation and never offline."""
        return not (self.settings.is_demo or self.settings.offline)


def wire(settings: Settings, remember: Remember = forget_at_once) -> Wired:
    """Open region, database and spool; the schema is brought up to date on the way."""
    region = open_region(settings.region_path, simulated=settings.is_demo)
    if settings.drill:
        region = with_event(region, settings.state_dir)
    engine = make_engine(settings.store_url)
    schema.upgrade(engine)
    sessions = make_sessions(engine)
    region = _with_commissioned(region, sessions)
    _register_datastreams(sessions, region)
    clock = _clock(settings, sessions, region)
    reader = SeriesReader(settings.archive_path)
    learning = LearningService(sessions, region, clock, settings.is_demo)
    return Wired(
        settings=settings,
        engine=engine,
        sessions=sessions,
        region=region,
        clock=clock,
        cycles=CycleService(
            sessions,
            region,
            clock,
            settings.origin,
            settings.flood_members,
            learning.lags,
            ThresholdBook(region).held,
            CycleJournal(region, clock),
        ),
        spool=Spool(settings.spool_dir, settings.spool_max_mb * BYTES_PER_MB),
        boundaries=BoundaryService(sessions, region, remember=remember),
        learning=learning,
        roller=Roller(sessions, region.timezone, reader),
        reader=reader,
    )  # fmt: skip


def _with_commissioned(region: Region, sessions: sessionmaker[Session]) -> Region:
    """Return the region with the gauges that commissioned devices speak for."""
    with sessions() as session:
        found = commissioned.rows(session, region.region_id)
    pack = {row.dev_eui for row in region.pack.sensors}
    return with_sensors(region, [row for row in found if row.dev_eui not in pack])


def _clock(settings: Settings, sessions: sessionmaker[Session], region: Region) -> Clock:
    titles = {key: event.title for key, event in region.scenarios.items()}
    if settings.is_demo:
        return ReplayClock(sessions, titles)
    if settings.replay_from is None:
        return SystemClock()
    _begin_recording(sessions, settings.replay_from, settings.replay_speed)
    return ReplayClock(sessions, {RECORDING: "Aufzeichnung"})


def _begin_recording(sessions: sessionmaker[Session], start: datetime, speed: float) -> None:
    """Set the clock for a recording that arrives over the real interfaces, once for a store."""
    with sessions() as session, session.begin():
        writing(session)
        if replays.current(session) is None:
            replays.start(session, RECORDING, (start, start + RECORDING_MAX), wall_now(), speed)


def _register_datastreams(sessions: sessionmaker[Session], region: Region) -> None:
    stations = {
        row.gauge_id: ThingRow(row.gauge_id, row.name, THING_KIND, row.lat, row.lon)
        for row in region.pack.gauges
    }
    wanted = [
        StreamRow(stations[row.gauge_id], row.observed_property, _unit(row))
        for row in region.sensors
    ]
    wanted.append(STREAM)
    with sessions() as session, session.begin():
        writing(session)
        things.ensure(session, region.region_id, wanted)


def _unit(row: SensorRow) -> str:
    return UNITS[row.observed_property] or row.unit
