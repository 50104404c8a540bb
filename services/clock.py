"""Clocks: the wall clock in operation, the event's clock in a replay; every age refers to one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from sqlalchemy.orm import Session, sessionmaker

from data import replays
from data.replays import Leg, ReplayRow
from services.situation.model import ClockView

REREAD_AFTER = timedelta(seconds=0.5)
"""How long a process trusts the replay row that it has read (estimate)."""


def wall_now() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


class Clock(Protocol):
    """What services ask for the time."""

    def now(self) -> datetime:
        """Return the instant that ages refer to."""

    def view(self) -> ClockView:
        """Return the clock as screens show it."""

    def epoch(self) -> datetime | None:
        """Return since when (wall time) this clock holds; older runs do not count."""


@dataclass(frozen=True, slots=True)
class SystemClock:
    """Real operation."""

    wall: Callable[[], datetime] = wall_now

    def now(self) -> datetime:
        """Return the present instant."""
        return self.wall()

    def view(self) -> ClockView:
        """Return a live clock."""
        now = self.wall()
        return ClockView("live", now, now)

    def epoch(self) -> datetime | None:
        """Return None: all runs of real operation count."""
        return None


@dataclass(slots=True)
class ReplayClock:
    """The clock of the simulation: event time runs `speed` times as fast, up to the event's end."""

    sessions: sessionmaker[Session]
    titles: dict[str, str]
    wall: Callable[[], datetime] = wall_now
    _row: ReplayRow | None = field(default=None, init=False)
    _read_at: datetime | None = field(default=None, init=False)

    def replay(self) -> ReplayRow | None:
        """Return the current replay."""
        now = self.wall()
        if self._read_at is None or now - self._read_at > REREAD_AFTER:
            with self.sessions() as session:
                self._row = replays.current(session)
            self._read_at = now
        return self._row

    def now(self) -> datetime:
        """Return the event time, the present before any replay."""
        row = self.replay()
        if row is None:
            return self.wall()
        return event_time(row, self.wall())

    def view(self) -> ClockView:
        """Return the clock with its scenario and both times."""
        row = self.replay()
        if row is None:
            return ClockView("replay", self.wall(), self.wall(), "", "Simulation startet", 1.0)
        title, wall = self.titles.get(row.scenario, row.scenario), self.wall()
        speed = leg_at(row, wall).speed
        return ClockView("replay", event_time(row, wall), wall, row.scenario, title, speed)

    def jumped_at(self) -> datetime | None:
        """Return when (wall time) the replay began or last jumped: its past has to be stored."""
        row = self.replay()
        if row is None:
            return None
        wall = self.wall()
        jumps = (leg.wall_at for leg in row.course if leg.is_jump and leg.wall_at <= wall)
        return max(jumps, default=row.started_at)

    def epoch(self) -> datetime | None:
        """Return when the current replay began."""
        row = self.replay()
        return None if row is None else row.started_at


@dataclass(slots=True)
class SteppedClock:
    """A clock that a headless replay sets step by step; it stands for the replay clock."""

    instant: datetime
    scenario: str
    title: str
    began_at: datetime

    def now(self) -> datetime:
        """Return the step's instant."""
        return self.instant

    def view(self) -> ClockView:
        """Return the clock as screens show it."""
        return ClockView("replay", self.instant, wall_now(), self.scenario, self.title, 0.0)

    def epoch(self) -> datetime | None:
        """Return when this replay began."""
        return self.began_at


def leg_at(row: ReplayRow, wall: datetime) -> Leg:
    """Return the stretch of a replay's clock that holds at a wall time."""
    past = (leg for leg in reversed(row.course) if leg.wall_at <= wall)
    return next(past, Leg(row.started_at, row.event_start, row.speed))


def event_time(row: ReplayRow, wall: datetime) -> datetime:
    """Return the event time that a replay has reached at a wall time."""
    leg = leg_at(row, wall)
    return min(leg.event_at + (wall - leg.wall_at) * leg.speed, row.event_end)
