"""What the leader of a drill feeds in: a gauge that falls silent, a false reading, a remark."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy.orm import Session, sessionmaker

from data import drills
from data.drills import InjectionRow
from data.replays import ReplayRow
from services.ingestion.spooled import SpooledMessage
from services.region import Region
from services.simulation.sensors import VirtualReading
from services.simulation.uplinks import simulated_messages

FALSE_FRAMES = 1_000_000
"""Frame numbers of false readings begin here, so that none is taken for a repetition."""
BATTERY_PERCENT = 80.0


class Kind(StrEnum):
    """What can be fed in."""

    SILENT = "still"
    SPEAKS = "spricht"
    FALSE = "falsch"
    REMARK = "bemerkung"


def silent_gauges(rows: Iterable[InjectionRow]) -> frozenset[str]:
    """Return the gauges that are kept silent; the last word on a gauge counts."""
    found: dict[str, bool] = {}
    for row in rows:
        if row.kind in {Kind.SILENT, Kind.SPEAKS}:
            found[row.gauge_id] = row.kind == Kind.SILENT
    return frozenset(gauge_id for gauge_id, is_silent in found.items() if is_silent)


@dataclass(slots=True)
class Injector:
    """Changes what a drill's virtual sensors send, before it goes into the spool."""

    sessions: sessionmaker[Session]
    region: Region
    _replay_id: int | None = field(default=None, init=False)
    _given: int = field(default=0, init=False)

    def __call__(
        self, replay: ReplayRow, due: Sequence[SpooledMessage]
    ) -> Sequence[SpooledMessage]:
        """Return what is really sent of the messages that are due, and what is added to them."""
        with self.sessions() as session:
            rows = drills.injections(session, replay.replay_id)
        if replay.replay_id != self._replay_id:
            self._replay_id, self._given = replay.replay_id, 0
        false = [row for row in rows if row.kind == Kind.FALSE]
        added = self._false(false[self._given :], self._given)
        self._given = len(false)
        silent = silent_gauges(rows)
        eyes = {row.dev_eui.lower() for row in self.region.sensors if row.gauge_id in silent}
        sent = [message for message in due if not _is_of(message, eyes)] if eyes else list(due)
        return [*sent, *added]

    def _false(self, rows: Sequence[InjectionRow], first: int) -> list[SpooledMessage]:
        readings = [
            VirtualReading(
                row.gauge_id, row.at, row.at, row.value_m or 0.0, BATTERY_PERCENT,
                FALSE_FRAMES + number,
            )
            for number, row in enumerate(rows, start=first)
        ]  # fmt: skip
        return list(simulated_messages(readings, self.region.sensors))


def _is_of(message: SpooledMessage, eyes: set[str]) -> bool:
    topic = message.topic.lower()
    return any(eye in topic for eye in eyes)
