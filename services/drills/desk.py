"""What the leader of a drill does: pace, pause, jump, feed in; only inside of a running drill."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from data import audit, drills, replays
from data.drills import InjectionRow
from data.replays import Leg, ReplayRow
from services.clock import REREAD_AFTER, Clock, event_time, leg_at, wall_now
from services.drills.errors import DrillRefusedError, NotInDrillError
from services.drills.injecting import Kind, silent_gauges
from services.people.identity import require
from services.people.model import Identity, Right
from services.reading import Reading
from services.region import Region
from services.simulation.replay import begin_replay, find_scenario
from services.storing import storing
from services.typed_text import one_line

SPEEDS = (1, 600)
SETTLE = REREAD_AFTER * 2
"""A change holds a little later: by then every process has read of it, and none runs ahead."""
LEGS = 60
"""Changes that are kept; the clock itself needs the newest (estimate)."""
TEXT_MAX = 300
LEVEL_M = (0.0, 20.0)


@dataclass(frozen=True, slots=True)
class DrillView:
    """A running drill as everybody sees it; `speed` is the pace when it is not paused."""

    title: str
    description: str
    now: datetime
    wall_now: datetime
    start: datetime
    end: datetime
    speed: float
    is_paused: bool
    silent: frozenset[str]
    injections: tuple[InjectionRow, ...]
    gauges: tuple[tuple[str, str], ...]

    @property
    def is_over(self) -> bool:
        """Tell whether the event has been played to its end."""
        return self.now >= self.end

    @property
    def remark(self) -> str:
        """Return the newest remark to the players."""
        said = (row.text for row in reversed(self.injections) if row.kind == Kind.REMARK)
        return next(said, "")


@dataclass(frozen=True, slots=True)
class DrillDesk:
    """Steers the drill of this installation; in real operation every act is refused."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    is_drill: bool
    wall: Callable[[], datetime] = field(default=wall_now)

    def view(self) -> DrillView:
        """Return how the drill stands.

        Raises
        ------
        NotInDrillError
            In real operation.
        """
        wall = self.wall()
        with Reading(self.sessions) as session:
            row = self._row(session)
            found = drills.injections(session, row.replay_id)
        scenario = find_scenario(self.region.scenarios, row.scenario)
        names = {item.gauge_id: item.name for item in self.region.pack.gauges}
        return DrillView(
            title=scenario.title,
            description=scenario.description,
            now=event_time(row, wall),
            wall_now=wall,
            start=scenario.play_from,
            end=row.event_end,
            speed=pace(row, wall),
            is_paused=leg_at(row, wall).speed == 0.0,
            silent=silent_gauges(found),
            injections=tuple(found),
            gauges=tuple((name, names[name]) for name in sorted(self.region.connected)),
        )

    def set_speed(self, speed: float) -> None:
        """Change the pace; a drill that stands still goes on with it."""
        if not SPEEDS[0] <= speed <= SPEEDS[1]:
            words = f"Der Zeitraffer geht von {SPEEDS[0]} bis {SPEEDS[1]}, nicht {speed:g}."
            raise DrillRefusedError(user_message=words)
        self._turn("speed", lambda row, at: Leg(at, event_time(row, at), speed), speed=speed)

    def pause(self) -> None:
        """Stop the event's clock for everybody: no age grows, nobody falls silent."""
        self._turn("pause", lambda row, at: Leg(at, event_time(row, at), 0.0))

    def resume(self) -> None:
        """Go on with the pace from before the pause."""
        self._turn("resume", lambda row, at: Leg(at, event_time(row, at), pace(row, at)))

    def jump(self, to: datetime) -> bool:
        """Go to an event time; an earlier one begins the drill anew there. Tells whether it did.

        Raises
        ------
        DrillRefusedError
            When the event does not reach so far.
        """
        who = require(Right.OPERATE)
        with self.sessions() as session:
            row = self._row(session)
        scenario = find_scenario(self.region.scenarios, row.scenario)
        if not scenario.play_from <= to <= scenario.end:
            raise DrillRefusedError(user_message="So weit reicht das Ereignis dieser Übung nicht.")
        wall = self.wall()
        if to > event_time(row, wall):
            self._turn("jump", lambda row, at: Leg(at, to, leg_at(row, at).speed, True), to=to)  # noqa: FBT003
            return False
        begin_replay(self.sessions, scenario, pace(row, wall), to, self.wall)
        with storing(self.sessions) as session:
            audit.note(session, wall, who.actor, "drill-restart", row.scenario, to=to)
        return True

    def silence(self, gauge_id: str, *, is_silent: bool) -> None:
        """Let a gauge send nothing from now on, or speak again."""
        kind = Kind.SILENT if is_silent else Kind.SPEAKS
        self._inject(kind, self._gauge(gauge_id))

    def report_falsely(self, gauge_id: str, level_m: float) -> None:
        """Let a gauge send one false level."""
        if not LEVEL_M[0] <= level_m <= LEVEL_M[1]:
            words = f"Ein Wasserstand geht von {LEVEL_M[0]:g} bis {LEVEL_M[1]:g} m."
            raise DrillRefusedError(user_message=words)
        self._inject(Kind.FALSE, self._gauge(gauge_id), level_m)

    def remark(self, text: str) -> None:
        """Tell all players something; it stands on every page until the next remark."""
        words = one_line(text, TEXT_MAX)
        if not words:
            raise DrillRefusedError(user_message="Die Einspielung ist leer.")
        self._inject(Kind.REMARK, "", None, words)

    def _gauge(self, gauge_id: str) -> str:
        if gauge_id not in self.region.connected:
            raise DrillRefusedError(user_message="Bitte einen Pegel wählen, der hier meldet.")
        return gauge_id

    def _inject(
        self, kind: Kind, gauge_id: str, value_m: float | None = None, text: str = ""
    ) -> None:
        who, wall = require(Right.OPERATE), self.wall()
        with storing(self.sessions) as session:
            row = self._row(session)
            at = event_time(row, wall)
            entry = InjectionRow(kind.value, gauge_id, value_m, text, who.actor, at, wall)
            drills.inject(session, row.replay_id, entry)
            self._note(session, who, f"inject-{kind}", row, gauge=gauge_id, value_m=value_m)

    def _turn(
        self, action: str, leg: Callable[[ReplayRow, datetime], Leg], **details: object
    ) -> None:
        who, wall = require(Right.OPERATE), self.wall()
        with storing(self.sessions) as session:
            row = self._row(session)
            at = max(wall + SETTLE, *(item.wall_at for item in row.course), wall)
            legs = (*row.course, leg(row, at))[-LEGS:]
            replays.set_course(session, row.replay_id, legs)
            self._note(session, who, action, row, **details)

    def _note(
        self, session: Session, who: Identity, action: str, row: ReplayRow, **details: object
    ) -> None:
        audit.note(session, self.wall(), who.actor, f"drill-{action}", row.scenario, **details)

    def _row(self, session: Session) -> ReplayRow:
        row = replays.current(session) if self.is_drill else None
        if row is None:
            raise NotInDrillError
        return row


def pace(row: ReplayRow, wall: datetime) -> float:
    """Return the pace of a replay that holds, or held before it was stopped."""
    speeds = [row.speed, *(leg.speed for leg in row.course if leg.wall_at <= wall)]
    return next((speed for speed in reversed(speeds) if speed > 0.0), row.speed)
