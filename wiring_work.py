"""What works in the background: writer, flood cycles, recurring jobs, visits to sources."""

from collections.abc import Callable
from datetime import timedelta

from services.alarms.after_cycle import CycleAlarms, device_job
from services.alarms.from_cycle import Names
from services.alarms.keeper import AlarmKeeper
from services.alarms.watchdog import Watchdog
from services.archive.service import ArchiveService
from services.clock import wall_now
from services.devices.counter import DayCounter
from services.devices.service import DeviceService
from services.emergency_list.job import emergency_job
from services.health.service import HealthService
from services.host_clock.check import ClockCheck
from services.host_clock.dates import ServerDates
from services.host_clock.kernel import is_synchronised
from services.ingestion.assigned import AssignedDevices
from services.ingestion.mapping import rows_by_device
from services.ingestion.writer import SpoolWriter
from services.jobs.cycle_gate import CycleGate
from services.jobs.model import holder_name
from services.jobs.pruning import (
    alert_pruning_job,
    finding_pruning_job,
    outbox_pruning_job,
    pruning_job,
    subscription_pruning_job,
)
from services.jobs.runner import JobRunner
from services.jobs.standing import archive_job, counting_job, learning_job, rollup_job
from services.notifications.heartbeat import SENSOR
from services.quality.hindsight import Hindsight
from services.sources import http
from services.sources.poller import Poller
from services.sources.pushed import PushedSources
from services.sources.registry import COLLECTORS
from wiring import Wired
from wiring_night import make_lists
from wiring_notify import make_announcer, make_heartbeat
from wiring_rules import flagger_of, policy_of, rules_of
from wiring_subscribe import make_subscriber_mail, make_subscriptions


def make_writer(wired: Wired) -> SpoolWriter:
    """Return the writer from the spool to the store."""
    return SpoolWriter(
        sessions=wired.sessions,
        spool=wired.spool,
        devices=AssignedDevices(
            wired.sessions,
            wired.region.region_id,
            rows_by_device((*wired.region.sensors, SENSOR)),
            simulated=wired.settings.is_demo,
        ),
        flagger=flagger_of(wired),
        pushed=PushedSources(wired.region, flagger_of(wired)),
        zone=wired.region.timezone,
    )


def make_gate(wired: Wired) -> CycleGate:
    """Return what runs the flood cycles in this process."""
    return CycleGate(
        wired.sessions,
        wired.cycles,
        wired.clock,
        wired.settings.cycle_seconds,
        holder_name(),
        after=_after_cycle(wired),
    )


def _after_cycle(wired: Wired) -> Callable[[], None]:
    """Return what follows a cycle: its alarms, the heartbeat on the same way, then subscribers."""
    decided = CycleAlarms(make_keeper(wired), Names.of(wired.region))
    beat = make_heartbeat(wired)
    mail = make_subscriber_mail(wired)

    def follow() -> None:
        decided()
        beat()
        mail()

    return follow


def make_keeper(wired: Wired) -> AlarmKeeper:
    """Return what writes the alarms and announces them."""
    return AlarmKeeper(
        wired.sessions, wired.region, wired.clock, policy_of(wired), make_announcer(wired)
    )


def make_watchdog(wired: Wired) -> Watchdog:
    """Return what sees from outside whether the worker still computes."""
    health = HealthService(wired.sessions, wired.region, wired.clock, wired.spool)
    return Watchdog(make_keeper(wired), health, wired.settings.state_dir)


def make_archive(wired: Wired) -> ArchiveService:
    """Return what moves old months into files."""
    rules = wired.region.pack.retention
    return ArchiveService(wired.sessions, wired.settings.archive_path, rules, wired.clock.now)


def make_jobs(wired: Wired, dates: ServerDates | None = None) -> JobRunner:
    """Return the runner of all recurring jobs; `dates` knows the clocks of polled servers."""
    dates = dates or ServerDates(wall_now)
    keep_for = timedelta(days=wired.settings.keep_runs_days)
    keep_alerts_for = timedelta(days=wired.settings.keep_alerts_days)
    jobs = (
        rollup_job(wired.roller),
        archive_job(make_archive(wired)),
        counting_job(DayCounter(wired.sessions, wired.region.timezone)),
        learning_job(wired.learning, wired.clock),
        pruning_job(wired.sessions, keep_for),
        alert_pruning_job(wired.sessions, keep_alerts_for, wired.clock),
        finding_pruning_job(wired.sessions),
        device_job(make_keeper(wired), _devices(wired)),
        emergency_job(make_lists(wired)),
        ClockCheck(wired.sessions, wired.region, wall_now, dates.offset_s, is_synchronised).job(),
        outbox_pruning_job(wired.sessions, wired.region.region_id),
        subscription_pruning_job(make_subscriptions(wired)),
        Hindsight(wired.sessions, wired.region, rules_of(wired), wired.clock).job(),
    )
    return JobRunner(wired.sessions, jobs, wired.clock, holder_name())


def _devices(wired: Wired) -> DeviceService:
    settings = wired.settings
    return DeviceService(
        wired.sessions, wired.region, wired.clock, settings.base_url, settings.is_demo
    )


def make_poller(wired: Wired, dates: ServerDates | None = None) -> Poller:
    """Return what visits the region's sources; the holder of its leases is this process."""
    return Poller(
        sessions=wired.sessions,
        region=wired.region,
        flagger=flagger_of(wired),
        collectors=COLLECTORS,
        get=dates.watching(http.get) if dates else http.get,
        now=wall_now,
        holder=holder_name(),
    )
