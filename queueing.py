"""The queue of production: one Celery application for cycles, jobs and background callbacks.

Without a broker there is none: the worker process does the same work by itself, and background
callbacks run as processes of the web server (DiskcacheManager).
"""

import logging
from collections.abc import Callable

from celery import Celery
from celery.signals import setup_logging

from config import Settings

NAME = "regionalcockpit"
CYCLES, JOBS = "zyklen", "auftraege"
"""Queues. Cycles have a process of their own: no job and no what-if may keep them waiting."""
CYCLE_TASK, JOBS_TASK, SOURCES_TASK = "cockpit.cycle", "cockpit.jobs", "cockpit.sources"
CYCLE_EVERY_S = 0.5
JOBS_EVERY_S = 5.0
"""How often beat asks; a task that was not taken by the next time is dropped (estimate)."""
RESULT_FOR_S = 3600
REDIS_PATIENCE_S = 10.0


def make_celery(settings: Settings) -> Celery:
    """Return the Celery application on the configured Redis, with its schedule."""
    url = settings.broker_url.get_secret_value()
    celery = Celery(NAME, broker=url, backend=url)
    celery.conf.update(
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={"socket_timeout": REDIS_PATIENCE_S},
        task_default_queue=JOBS,
        task_routes={CYCLE_TASK: {"queue": CYCLES}},
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        result_expires=RESULT_FOR_S,
        timezone="UTC",
        beat_schedule={
            "cycle": _every(CYCLE_TASK, CYCLE_EVERY_S),
            "jobs": _every(JOBS_TASK, JOBS_EVERY_S),
            "sources": _every(SOURCES_TASK, JOBS_EVERY_S),
        },
    )
    setup_logging.connect(_leave_logging_alone, weak=False)
    return celery


def register(celery: Celery, name: str, step: Callable[[], object]) -> None:
    """Let a task do one step; its result is kept nowhere."""

    def task() -> None:
        step()

    celery.task(name=name, ignore_result=True)(task)


def _every(task: str, seconds: float) -> dict[str, object]:
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


def _leave_logging_alone(**_details: object) -> None:
    """Keep our own log format: Celery would set one up of its own."""
    logging.getLogger("celery").setLevel(logging.INFO)
    logging.getLogger("celery.beat").setLevel(logging.WARNING)
    logging.getLogger("celery.worker.strategy").setLevel(logging.WARNING)
    logging.getLogger("celery.app.trace").setLevel(logging.WARNING)
