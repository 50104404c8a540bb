"""Queries over replays: the newest row is the clock of the simulation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from data.models import (
    DailyRollup,
    DeviceDay,
    DeviceMark,
    DirtyHour,
    GatewayReception,
    GaugeState,
    HourlyRollup,
    Latest,
    Observation,
    ObservationRevision,
    QualityFlag,
    RejectedMessage,
    Replay,
    Run,
    UplinkReceipt,
    VillageState,
)
from data.runs import VERIFICATION

SIMULATED_TABLES = (
    VillageState,
    GaugeState,
    Run,
    ObservationRevision,
    QualityFlag,
    Latest,
    DirtyHour,
    HourlyRollup,
    DailyRollup,
    Observation,
    UplinkReceipt,
    GatewayReception,
    DeviceDay,
    DeviceMark,
    RejectedMessage,
)
"""Everything that a replay writes, children before parents."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A stretch of a replay's clock: from a wall time on it shows an event time, so fast.

    `speed` 0 stands still. A jump is a leg whose event time is not that of the leg before.
    """

    wall_at: datetime
    event_at: datetime
    speed: float
    is_jump: bool = False


@dataclass(frozen=True, slots=True)
class ReplayRow:
    """A replay: which event, from which event time, since when, how fast, and later changes."""

    replay_id: int
    scenario: str
    event_start: datetime
    event_end: datetime
    started_at: datetime
    speed: float
    course: tuple[Leg, ...] = ()


def current(session: Session) -> ReplayRow | None:
    """Return the replay that is being played, None before the first."""
    found = session.scalar(select(Replay).order_by(Replay.replay_id.desc()).limit(1))
    if found is None:
        return None
    return ReplayRow(
        found.replay_id,
        found.scenario,
        found.event_start,
        found.event_end,
        found.started_at,
        found.speed,
        tuple(
            Leg(datetime.fromisoformat(wall), datetime.fromisoformat(event), float(speed), is_jump)
            for wall, event, speed, is_jump in found.course
        ),
    )


def start(
    session: Session,
    scenario: str,
    event: tuple[datetime, datetime],
    started_at: datetime,
    speed: float,
) -> int:
    """Begin a replay; returns its id."""
    row = Replay(
        scenario=scenario,
        event_start=event[0],
        event_end=event[1],
        started_at=started_at,
        speed=speed,
    )
    session.add(row)
    session.flush()
    return row.replay_id


def set_course(session: Session, replay_id: int, legs: Sequence[Leg]) -> None:
    """Replace the later changes of a replay's clock."""
    stored = [
        [leg.wall_at.isoformat(), leg.event_at.isoformat(), leg.speed, leg.is_jump] for leg in legs
    ]
    session.execute(update(Replay).where(Replay.replay_id == replay_id).values(course=stored))


def purge(session: Session) -> None:
    """Delete everything that earlier replays wrote; only ever called on the simulation's store.

    Verifications stay: no replay wrote them.
    """
    for table in SIMULATED_TABLES:
        query = delete(table)
        session.execute(query.where(Run.kind != VERIFICATION) if table is Run else query)
