"""Starts and ends the drills that were asked for on a page: part of the supervisor of a host."""

import logging
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from config import FIRST_PAGE, ROOT, Settings
from data import drills, operation
from data.drills import RequestRow
from data.engine import make_engine, make_sessions, reason_of, writing
from services.clock import wall_now
from services.drills.booth import LEADER
from services.region import open_region
from verbs.parent_death import end_with_parent
from verbs.supervise import port_is_free

LOG = logging.getLogger("cockpit")
LOOK_S = 1.0
GRACE_S = 25.0
"""How long the processes of a drill have to end, its evaluation included (estimate)."""
SAID_BYTES = 2000
ENDED_WITH_US = "Mit dem Cockpit beendet."
ENDED_BY_ITSELF = "Die Übung ist auf dem Rechner beendet worden."


@dataclass(slots=True)
class DrillKeeper:
    """Looks every second at what is asked for; one drill at a time."""

    region_id: str
    sessions: sessionmaker[Session]
    log: Path
    _child: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _drill_id: int | None = field(default=None, init=False)

    def run(self, stop: threading.Event) -> None:
        """Do what is asked for until told to stop; then the drill ends too."""
        is_first = True
        try:
            while not stop.is_set():
                try:
                    if is_first:
                        self.forget_left_over()
                    is_first = False
                    self.step()
                except SQLAlchemyError as error:
                    LOG.warning("Die Übungsleitung wartet: %s", reason_of(error))
                stop.wait(LOOK_S)
        finally:
            self._end(drills.ENDED, ENDED_WITH_US)

    def forget_left_over(self) -> None:
        """End in words what an earlier supervisor left open when it died."""
        with self.sessions.begin() as session:
            for row in drills.newest(writing(session), self.region_id):
                if row.status in drills.OPEN:
                    values = {"message": ENDED_WITH_US, "ended_at": wall_now()}
                    drills.turn(session, row.drill_id, drills.ENDED, **values)

    def step(self) -> None:
        """Say that somebody is here, and do one thing."""
        with self.sessions.begin() as session:
            operation.report(writing(session), LEADER, wall_now(), ok=True)
            rows = drills.newest(session, self.region_id)
        row = rows[0] if rows else None
        if self._child is not None and self._child.poll() is not None:
            self._has_ended(self._child.returncode)
        elif row is None or row.status not in drills.OPEN:
            return
        elif row.status == drills.ASKED and self._child is None:
            self._start(row)
        elif row.status == drills.ENDING or row.drill_id != self._drill_id:
            self._drill_id = row.drill_id
            self._end(drills.ENDED, "" if row.status == drills.ENDING else ENDED_WITH_US)
        elif row.status == drills.ASKED and not port_is_free("127.0.0.1", row.port):
            self._turn(drills.RUNNING, "")

    def _start(self, row: RequestRow) -> None:
        self._drill_id = row.drill_id
        command = [sys.executable, str(ROOT / "cli.py"), "drill", "start"]
        command += [*map(str, row.event["arguments"]), "--port", str(row.port)]
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as log:
            self._child = subprocess.Popen(  # noqa: S603  # our own verb, its arguments were checked
                command,
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
                preexec_fn=partial(end_with_parent, os.getpid()),  # noqa: PLW1509  # one system call
            )
        LOG.info("Übung „%s“ startet auf http://127.0.0.1:%d", row.title, row.port)

    def _has_ended(self, code: int) -> None:
        self._child = None
        if code == 0:
            self._turn(drills.ENDED, ENDED_BY_ITSELF)
            return
        words = f"Abgebrochen (Signal {-code})."
        if code > 0:  # its last line is the sentence of the refusal
            said = self.log.read_text(encoding="utf-8", errors="replace")[-SAID_BYTES:].strip()
            words = said.splitlines()[-1] if said else f"Ende mit {code}."
        LOG.error("Die Übung ist gescheitert: %s", words)
        self._turn(drills.FAILED, words)

    def _end(self, status: str, message: str) -> None:
        child, self._child = self._child, None
        if child is not None and child.poll() is None:
            child.terminate()
            try:
                child.wait(GRACE_S)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        if self._drill_id is None:
            return
        try:
            self._turn(status, message)
        except SQLAlchemyError as error:
            LOG.warning("Das Ende der Übung ist nicht vermerkt: %s", reason_of(error))

    def _turn(self, status: str, message: str) -> None:
        if self._drill_id is None:
            return
        is_over = status in {drills.ENDED, drills.FAILED}
        values = {"ended_at": wall_now()} if is_over else {}
        with self.sessions.begin() as session:
            drills.turn(writing(session), self._drill_id, status, message=message, **values)
        if is_over:
            self._drill_id = None


def keep_drills(settings: Settings, stop: threading.Event) -> threading.Thread:
    """Start the keeper beside a group of processes; it waits until the first page is served."""
    thread = threading.Thread(target=_keep, args=(settings, stop), name="drills")
    thread.start()
    return thread


def _keep(settings: Settings, stop: threading.Event) -> None:
    while not (settings.state_dir / FIRST_PAGE).exists():
        if stop.wait(LOOK_S):
            return
    region = open_region(settings.region_path, simulated=settings.is_demo)
    engine = make_engine(settings.store_url)
    log = settings.state_dir / "uebung.log"
    DrillKeeper(region.region_id, make_sessions(engine), log).run(stop)
    engine.dispose()
