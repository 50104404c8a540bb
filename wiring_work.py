"""What works in the background: writer, flood cycles, recurring jobs, visits to sources."""

from datetime import timedelta

from services.archive.service import ArchiveService
from services.clock import wall_now
from services.devices.counter import DayCounter
from services.ingestion.assigned import AssignedDevices
from services.ingestion.mapping import rows_by_device
from services.ingestion.writer import SpoolWriter
from services.jobs.cycle_gate import CycleGate
from services.jobs.model import holder_name
from services.jobs.pruning import alert_pruning_job, finding_pruning_job, pruning_job
from services.jobs.runner import JobRunner
from services.jobs.standing import archive_job, counting_job, learning_job, rollup_job
from services.quality.hindsight import Hindsight
from services.sources import http
from services.sources.poller import Poller
from services.sources.pushed import PushedSources
from services.sources.registry import COLLECTORS
from wiring import Wired
from wiring_rules import flagger_of, rules_of


def make_writer(wired: Wired) -> SpoolWriter:
    """Return the writer from the spool to the store."""
    return SpoolWriter(
        sessions=wired.sessions,
        spool=wired.spool,
        devices=AssignedDevices(
            wired.sessions,
            wired.region.region_id,
            rows_by_device(wired.region.sensors),
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
    )


def make_archive(wired: Wired) -> ArchiveService:
    """Return what moves old months into files."""
    rules = wired.region.pack.retention
    return ArchiveService(wired.sessions, wired.settings.archive_dir, rules, wired.clock.now)


def make_jobs(wired: Wired) -> JobRunner:
    """Return the runner of all recurring jobs."""
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
        Hindsight(wired.sessions, wired.region, rules_of(wired), wired.clock).job(),
    )
    return JobRunner(wired.sessions, jobs, wired.clock, holder_name())


def make_poller(wired: Wired) -> Poller:
    """Return what visits the region's sources; the holder of its leases is this process."""
    return Poller(
        sessions=wired.sessions,
        region=wired.region,
        flagger=flagger_of(wired),
        collectors=COLLECTORS,
        get=http.get,
        now=wall_now,
        holder=holder_name(),
    )
