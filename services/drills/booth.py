"""Asking for a drill in real operation: the supervisor of this host starts and ends it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session, sessionmaker

from data import audit, drills, operation
from data.drills import RequestRow
from services.clock import wall_now
from services.drills.desk import SPEEDS
from services.drills.errors import DrillRefusedError
from services.people.identity import require
from services.people.model import Right
from services.reading import Reading
from services.region import Region
from services.simulation.replay import find_scenario
from services.storing import storing

RUNNING, ENDING = drills.RUNNING, drills.ENDING
LEADER = "uebungsleitung"
"""Source under which the supervisor of the host says that it would start a drill."""
HEARD = timedelta(seconds=15)
"""After so long without a sign there is no supervisor (estimate: it says so every second)."""
LISTED = 10
SEEDS = (0, 999_999)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be played: a named event, a seed, or a stretch of the recorded readings."""

    event: str = ""
    seed: int | None = None
    start: datetime | None = None
    end: datetime | None = None
    speed: float = 20.0

    @property
    def arguments(self) -> list[str]:
        """Return the arguments of `./cockpit drill start`."""
        speed = ["--speed", f"{self.speed:g}"]
        if self.seed is not None:
            return ["zufall", "--seed", str(self.seed), *speed]
        if self.start is not None and self.end is not None:
            stretch = ["--from", self.start.isoformat(), "--to", self.end.isoformat()]
            return ["aufzeichnung", *stretch, *speed]
        return [self.event, *speed]


@dataclass(frozen=True, slots=True)
class BoothView:
    """What the page of real operation shows of drills."""

    running: RequestRow | None
    earlier: tuple[RequestRow, ...]
    events: tuple[tuple[str, str], ...]
    has_leader: bool
    reports: tuple[str, ...]
    """Names of the files with the evaluations of ended drills, newest first."""


@dataclass(frozen=True, slots=True)
class DrillBooth:
    """Keeps what was asked for; nothing of the drill itself comes into this store."""

    sessions: sessionmaker[Session]
    region: Region
    port: int
    reports: Path
    is_drill: bool
    wall: Callable[[], datetime] = wall_now

    def view(self) -> BoothView:
        """Return the drill that runs and those that have ended."""
        with Reading(self.sessions) as session:
            rows = drills.newest(session, self.region.region_id, LISTED)
            heard_at = operation.last_success(session, LEADER)
        running = next((row for row in rows if row.status in drills.OPEN), None)
        return BoothView(
            running=running,
            earlier=tuple(row for row in rows if row.status not in drills.OPEN),
            events=tuple((key, item.title) for key, item in self.region.scenarios.items()),
            has_leader=heard_at is not None and self.wall() - heard_at < HEARD,
            reports=tuple(sorted((path.name for path in self._files()), reverse=True)),
        )

    def start(self, wish: Wish) -> None:
        """Ask for a drill; needs the right to operate.

        Raises
        ------
        DrillRefusedError
            When one runs, nobody would start it, or the wish cannot be.
        """
        who, now = require(Right.OPERATE), self.wall()
        title = self._title(wish)
        with storing(self.sessions) as session:
            rows = drills.newest(session, self.region.region_id)
            heard_at = operation.last_success(session, LEADER)
            if rows and rows[0].status in drills.OPEN:
                raise DrillRefusedError(user_message=f"Es läuft schon eine Übung: {rows[0].title}.")
            if self.is_drill or heard_at is None or now - heard_at >= HEARD:
                words = (
                    "Auf diesem Rechner startet niemand Übungen von der Seite aus; bitte dort"
                    " ./cockpit drill start EREIGNIS eingeben."
                )
                raise DrillRefusedError(user_message=words)
            values = {
                "region_id": self.region.region_id,
                "title": title,
                "event": {"arguments": wish.arguments},
                "speed": wish.speed,
                "port": self.port,
                "status": drills.ASKED,
                "asked_by": who.actor,
                "asked_at": now,
            }
            number = drills.ask(session, values)
            audit.note(session, now, who.actor, "drill-asked", str(number), title=title)

    def end(self) -> None:
        """Ask for the end of the running drill; needs the right to operate."""
        who, now = require(Right.OPERATE), self.wall()
        with storing(self.sessions) as session:
            rows = drills.newest(session, self.region.region_id)
            if not rows or rows[0].status not in drills.OPEN:
                raise DrillRefusedError(user_message="Es läuft keine Übung.")
            drills.turn(session, rows[0].drill_id, drills.ENDING)
            audit.note(session, now, who.actor, "drill-ended", str(rows[0].drill_id))

    def report(self, name: str) -> str:
        """Return the evaluation of an ended drill as CSV; needs the right to operate."""
        require(Right.OPERATE)
        found = next((path for path in self._files() if path.name == name), None)
        if found is None:
            raise DrillRefusedError(user_message="Diese Auswertung gibt es nicht (mehr).")
        return found.read_text(encoding="utf-8")

    def _files(self) -> list[Path]:
        return list(self.reports.glob("uebung-*.csv")) if self.reports.is_dir() else []

    def _title(self, wish: Wish) -> str:
        if not SPEEDS[0] <= wish.speed <= SPEEDS[1]:
            words = f"Der Zeitraffer geht von {SPEEDS[0]} bis {SPEEDS[1]}, nicht {wish.speed:g}."
            raise DrillRefusedError(user_message=words)
        if wish.seed is not None:
            if not SEEDS[0] <= wish.seed <= SEEDS[1]:
                words = f"Die Nummer geht von {SEEDS[0]} bis {SEEDS[1]}."
                raise DrillRefusedError(user_message=words)
            return f"Zufallsereignis {wish.seed}"
        if wish.start is not None and wish.end is not None:
            if not wish.start < wish.end <= self.wall():
                words = "Eine Aufzeichnung endet nach ihrem Beginn und nicht in der Zukunft."
                raise DrillRefusedError(user_message=words)
            return f"Aufzeichnung vom {wish.start.astimezone(self.region.timezone):%d.%m.%Y}"
        return find_scenario(self.region.scenarios, wish.event).title
