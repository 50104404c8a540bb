"""The worker process: a flood cycle for each new reading, and the jobs beside it."""

import logging
import signal
import sys
import threading
import time

from sqlalchemy.exc import SQLAlchemyError

from config import FIRST_PAGE, Settings
from data.engine import reason_of
from services.clock import wall_now
from services.flood.routing.warm import warm
from services.host_clock.dates import ServerDates
from services.in_use import hold
from services.jobs.crew import Crew
from services.jobs.cycle_gate import CycleGate
from services.logs import set_up_logging
from services.presence import announced
from services.sources.runner import SourceRunner
from wiring import Wired, wire
from wiring_notify import make_sender
from wiring_work import make_gate, make_jobs, make_poller

LOG = logging.getLogger("worker")
POLL_S = 0.2
"""How often the worker asks whether something came in: part of the two seconds to the screen."""
RETRY_S = 5.0


def watch(gate: CycleGate, stop: threading.Event) -> None:
    """Run cycles until told to stop; a database that fails is tried again."""
    while not stop.is_set():
        try:
            gate.step()
            stop.wait(POLL_S)
        except SQLAlchemyError as error:
            LOG.warning("Datenbank antwortet nicht, neuer Versuch in 5 s: %s", reason_of(error))
            stop.wait(RETRY_S)


def fetch_boundaries(wired: Wired, stop: threading.Event) -> None:
    """Try the official boundaries once, after the first page has been served."""
    marker = wired.settings.state_dir / FIRST_PAGE
    while not marker.exists():
        if stop.wait(1.0):
            return
    wired.boundaries.fetch_once(wired.settings.boundaries_url)


def warm_kernels() -> None:
    """Compile the routing kernels or load them, beside the opening of the store."""
    began = time.monotonic()
    warm()
    LOG.info("Rechenkerne bereit nach %.1f s", time.monotonic() - began)


def wait_for(kernels: threading.Thread, stop: threading.Event) -> None:
    """Wait for the kernels, unless told to stop: the first cycle needs them under its lease."""
    while kernels.is_alive() and not stop.wait(POLL_S):
        pass


def main() -> None:
    """Run the worker until it is told to stop, or one of its threads ends (exit code 1)."""
    settings = Settings()
    set_up_logging(settings.log_level, settings.log_format)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    hold(settings.state_dir, "worker")
    kernels = threading.Thread(target=warm_kernels, name="kernels", daemon=True)
    kernels.start()
    wired = wire(settings)
    if not settings.offline:
        threading.Thread(
            target=fetch_boundaries, args=(wired, stop), name="boundaries", daemon=True
        ).start()
    crew = Crew(stop)
    dates = ServerDates(wall_now)
    jobs = make_jobs(wired, dates)
    crew.start("jobs", lambda: jobs.run_forever(stop))
    if wired.polls_sources:
        crew.start("sources", SourceRunner(make_poller(wired, dates), stop).run_forever)
    sender = make_sender(wired)
    if sender is not None:
        crew.start("sender", lambda: sender.run_forever(stop))
    gate = make_gate(wired)
    wait_for(kernels, stop)
    with announced(wired.engine, "worker"):
        watch(gate, stop)
    wired.engine.dispose()
    sys.exit(crew.exit_code)


if __name__ == "__main__":
    main()
