"""Builds the services of a process from the settings: the one place that knows who needs whom."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from config import Settings
from data import replays, schema, things
from data.engine import make_engine, make_sessions, writing
from data.region_pack.rows import SensorRow
from data.things import StreamRow, ThingRow
from services import container
from services.archive.reading import SeriesReader
from services.archive.service import ArchiveService
from services.boundaries.service import BoundaryService
from services.build import build_id
from services.cache_policy import Remember, forget_at_once
from services.catalogue.contents import Contents
from services.catalogue.service import CatalogueService
from services.clock import Clock, ReplayClock, SystemClock, wall_now
from services.cycles import CycleService
from services.flood.learning.service import LearningService
from services.flood.verification.shelf import VerificationShelf
from services.health.service import HealthService, Probe
from services.ingestion.flagging import Flagger
from services.ingestion.mapping import rows_by_device
from services.ingestion.quality import gauge_flagger
from services.ingestion.ranges import with_ranges
from services.ingestion.spool import Spool
from services.ingestion.writer import SpoolWriter
from services.jobs.cycle_gate import CycleGate
from services.jobs.model import holder_name
from services.jobs.runner import JobRunner
from services.jobs.standing import archive_job, learning_job, pruning_job, rollup_job
from services.region import Region, open_region
from services.runs import RunService
from services.series.roller import Roller
from services.settlement import MobilityService, SettlementService
from services.site import SiteInfo
from services.situation.service import SituationService
from services.sources import http
from services.sources.poller import Poller
from services.sources.pushed import PushedSources
from services.sources.registry import COLLECTORS
from services.sources.service import SourceService
from services.tables.service import TableService
from services.tables.shelf import UploadShelf
from services.tables.uploads import UploadService

BYTES_PER_MB = 1_000_000
THING_KIND = "gauge"
BROKER_PATIENCE_S = 2.0
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
    engine = make_engine(settings.store_url)
    schema.upgrade(engine)
    sessions = make_sessions(engine)
    _register_datastreams(sessions, region)
    clock = _clock(settings, sessions, region)
    reader = SeriesReader(settings.archive_dir)
    learning = LearningService(sessions, region, clock, settings.is_demo)
    return Wired(
        settings=settings,
        engine=engine,
        sessions=sessions,
        region=region,
        clock=clock,
        cycles=CycleService(
            sessions, region, clock, settings.origin, settings.flood_members, learning.lags
        ),
        spool=Spool(settings.spool_dir, settings.spool_max_mb * BYTES_PER_MB),
        boundaries=BoundaryService(sessions, region, remember=remember),
        learning=learning,
        roller=Roller(sessions, region.timezone, reader),
        reader=reader,
    )


def make_services(wired: Wired, remember: Remember = forget_at_once) -> container.Services:
    """Return what pages may ask for."""
    settings, region = wired.settings, wired.region
    situation = SituationService(
        wired.sessions, region, wired.clock, wired.reader, remember=remember
    )
    return container.Services(
        situation=situation,
        runs=RunService(wired.sessions, wired.cycles, settings.what_if_per_minute),
        learning=wired.learning,
        verification=VerificationShelf(wired.sessions, region, settings.region_path),
        settlement=SettlementService(region, wired.boundaries),
        mobility=MobilityService(region),
        health=HealthService(
            wired.sessions, region, wired.clock, wired.spool, broker_probes(settings)
        ),
        sources=SourceService(wired.sessions, region, wall_now, is_paused=not wired.polls_sources),
        site=SiteInfo(
            title=f"Regionalcockpit {region.pack.info.short_name}",
            region_name=region.pack.info.name,
            operator=settings.operator,
            imprint=settings.imprint,
            privacy=settings.privacy,
            official_name=region.pack.info.official_service_name,
            official_url=region.pack.info.official_service_url,
            build=build_id(),
            is_demo=settings.is_demo,
        ),
        catalogue=make_catalogue(wired, situation),
        uploads=UploadService(make_tables(wired), UploadShelf(settings.uploads_dir)),
    )


def broker_probes(settings: Settings) -> tuple[Probe, ...]:
    """Return the check of the queue's Redis where one is configured."""
    url = settings.broker_url.get_secret_value()
    if not url:
        return ()

    def ask() -> str:
        import redis  # noqa: PLC0415  # only where there is a broker

        client = redis.Redis.from_url(url, socket_timeout=BROKER_PATIENCE_S)
        try:
            client.ping()
        except redis.RedisError as error:
            return f"antwortet nicht: {type(error).__name__}"
        finally:
            client.close()  # type: ignore[no-untyped-call]
        return ""

    return (Probe("redis", ask),)


def make_catalogue(wired: Wired, situation: SituationService) -> CatalogueService:
    """Return the catalogue of the region and note what it publishes now."""
    made = CatalogueService(
        sessions=wired.sessions,
        region=wired.region,
        clock=wired.clock,
        contents=Contents(
            wired.sessions, wired.region, wired.clock, wired.boundaries, situation, wired.reader
        ),
        public_url=wired.settings.base_url,
        contributor_id=wired.settings.contributor_id,
        is_simulated=wired.settings.is_demo,
    )
    made.register()
    return made


def make_tables(wired: Wired) -> TableService:
    """Return what imports tables; pages may store in the demonstration only."""
    return TableService(
        wired.sessions, wired.region, _source_flagger(wired), is_open=wired.settings.is_demo
    )


def make_writer(wired: Wired) -> SpoolWriter:
    """Return the writer from the spool to the store."""
    return SpoolWriter(
        sessions=wired.sessions,
        spool=wired.spool,
        devices=rows_by_device(wired.region.sensors),
        flagger=gauge_flagger(wired.region.pack.gauges),
        pushed=PushedSources(wired.region, _source_flagger(wired)),
    )


def make_gate(wired: Wired) -> CycleGate:
    """Return what runs the flood cycles in this process."""
    return CycleGate(
        wired.sessions,
        wired.cycles,
        wired.clock,
        wired.settings.cycle_seconds,
        holder_name(),
    )


def make_archive(wired: Wired) -> ArchiveService:
    """Return what moves old months into files."""
    rules = wired.region.pack.retention
    return ArchiveService(wired.sessions, wired.settings.archive_dir, rules, wired.clock.now)


def make_jobs(wired: Wired) -> JobRunner:
    """Return the runner of all recurring jobs."""
    keep_for = timedelta(days=wired.settings.keep_runs_days)
    jobs = (
        rollup_job(wired.roller),
        archive_job(make_archive(wired)),
        learning_job(wired.learning, wired.clock),
        pruning_job(wired.sessions, keep_for),
    )
    return JobRunner(wired.sessions, jobs, wired.clock, holder_name())


def make_poller(wired: Wired) -> Poller:
    """Return what visits the region's sources; the holder of its leases is this process."""
    return Poller(
        sessions=wired.sessions,
        region=wired.region,
        flagger=_source_flagger(wired),
        collectors=COLLECTORS,
        get=http.get,
        now=wall_now,
        holder=holder_name(),
    )


def _source_flagger(wired: Wired) -> Flagger:
    return with_ranges(gauge_flagger(wired.region.pack.gauges))


def install_services(settings: Settings) -> Wired:
    """Build and install the services of the web process."""
    from caching import ProcessMemory  # noqa: PLC0415  # Flask's cache is for the web process only

    memory = ProcessMemory()
    wired = wire(settings, memory)
    container.install(make_services(wired, memory))
    return wired


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
    with sessions() as session, session.begin():
        writing(session)
        things.ensure(session, region.region_id, wanted)


def _unit(row: SensorRow) -> str:
    return UNITS[row.observed_property] or row.unit
