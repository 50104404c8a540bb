"""Processes of production on the queue: `cycles` computes, `jobs` does the rest, `beat` asks."""

import logging
import threading
from collections.abc import Callable
from functools import cache

from celery import Celery
from sqlalchemy.exc import SQLAlchemyError

from config import Settings
from data.engine import reason_of
from queueing import (
    CYCLE_TASK,
    CYCLES,
    JOBS,
    JOBS_TASK,
    SOURCES_TASK,
    make_celery,
    register,
)
from services.flood.routing.warm import warm
from services.in_use import hold
from services.jobs.model import holder_name
from services.jobs.runner import JobRunner
from services.logs import set_up_logging
from services.presence import announced, touch
from services.sources.runner import SourceRunner
from wiring import Wired, wire
from wiring_work import make_gate, make_jobs, make_poller

LOG = logging.getLogger("queue")
JOB_PROCESSES = 3
"""One for the recurring jobs, one for the sources, one for what people ask for on a page."""


def work_on_cycles() -> None:
    """Compute flood cycles in this process until it is told to end."""
    settings, celery = _begin("worker")
    kernels = threading.Thread(target=warm, name="kernels", daemon=True)
    kernels.start()
    wired = wire(settings)
    kernels.join()  # the first cycle needs them: they must not be compiled under its lease
    register(celery, CYCLE_TASK, _patient(make_gate(wired).step))
    with announced(wired.engine, "worker"):
        celery.worker_main(_arguments(settings, CYCLES, "--pool", "solo"))
    wired.engine.dispose()


def work_on_jobs() -> None:
    """Do recurring jobs and background callbacks, in two processes of their own."""
    settings, celery = _begin("jobs")
    _register_callbacks(settings, celery)
    runner = cache(lambda: make_jobs(wire(settings)))  # made in each process, not inherited
    register(celery, JOBS_TASK, _patient(lambda: _work(runner())))
    visits = cache(lambda: _source_runner(wire(settings)))
    register(celery, SOURCES_TASK, _patient(lambda: visits().start_due()))
    celery.worker_main(_arguments(settings, JOBS, "--concurrency", str(JOB_PROCESSES)))


def beat() -> None:
    """Put the recurring tasks on the queue until told to end; two of them do no harm."""
    settings, celery = _begin("beat")
    schedule = settings.state_dir / "beat"
    celery.start(
        ["--quiet", "beat", "--schedule", str(schedule), "--pidfile=", "--loglevel", "WARNING"]
    )


def _begin(name: str) -> tuple[Settings, Celery]:
    settings = Settings()
    hold(settings.state_dir, name)
    set_up_logging(settings.log_level, settings.log_format)
    return settings, make_celery(settings)


def _arguments(settings: Settings, queue: str, *more: str) -> list[str]:
    return [
        "--quiet", "worker", "--queues", queue, "--hostname", f"{queue}-{holder_name()}",
        "--without-gossip", "--without-mingle", "--loglevel", settings.log_level, *more,
    ]  # fmt: skip


def _register_callbacks(settings: Settings, celery: Celery) -> None:
    """Build the web application for its background callbacks: they are tasks of the same build."""
    from app import create_app  # noqa: PLC0415, TID251  # Dash is for this process only

    create_app(settings, celery)


def _source_runner(wired: Wired) -> SourceRunner:
    stop = threading.Event()
    if not wired.polls_sources:
        stop.set()  # in the simulation and offline nobody is visited
    return SourceRunner(make_poller(wired), stop)


def _work(runner: JobRunner) -> None:
    """Do what is due, and say that this host does jobs: between two tasks it holds no lease."""
    touch(runner.sessions, "jobs", runner.holder)
    runner.step()


def _patient(step: Callable[[], object]) -> Callable[[], None]:
    """Leave a database that fails to the next task."""

    def attempt() -> None:
        try:
            step()
        except SQLAlchemyError as error:
            LOG.warning("Datenbank antwortet nicht: %s", reason_of(error))

    return attempt
