"""The stored rota: who has the duty of a role now, and its changes by people."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, tzinfo

from sqlalchemy.orm import Session, sessionmaker

from data import audit, rota
from data.rota import RotaRow
from services.alarms.errors import RotaRefusedError
from services.alarms.rota import DutyException, Rota, WeeklyDuty, overlaps
from services.clock import wall_now
from services.people.identity import require
from services.people.model import Right
from services.reading import Reading
from services.storing import storing

MINUTES_PER_HOUR = 60


@dataclass(frozen=True, slots=True)
class Duties:
    """Reads and changes the rota of a region."""

    sessions: sessionmaker[Session]
    region_id: str
    zone: tzinfo
    wall: Callable[[], datetime] = wall_now

    def rotas(self) -> dict[str, Rota]:
        """Return the rota of each role that has one."""
        with Reading(self.sessions) as session:
            return stored(session, self.region_id)

    def set_weekly(self, role: str, duties: Iterable[WeeklyDuty]) -> None:
        """Replace the weekly pattern of a role; needs the right to administer.

        Raises
        ------
        RotaRefusedError
            When two duties lie over each other or a group is missing.
        """
        who = require(Right.ADMINISTER)
        found = list(duties)
        if overlaps(found):
            raise RotaRefusedError(user_message="Zwei Dienste der Woche überschneiden sich.")
        if not role or not all(duty.group for duty in found):
            raise RotaRefusedError
        with storing(self.sessions) as session:
            rota.remove_weekly(session, self.region_id, role)
            for duty in found:
                rota.add(session, self.region_id, _row(role, duty))
            audit.note(session, self.wall(), who.actor, "rota-week", role, duties=len(found))

    def add_exception(self, role: str, item: DutyException, note: str = "") -> None:
        """Let somebody else have the duty between two instants; needs the right to operate.

        Raises
        ------
        RotaRefusedError
            When it ends before it begins or the group is missing.
        """
        who = require(Right.OPERATE)
        if not role or not item.group or item.end_at <= item.start_at:
            raise RotaRefusedError
        row = RotaRow(role, item.group, start_at=item.start_at, end_at=item.end_at, note=note[:200])
        with storing(self.sessions) as session:
            rota.add(session, self.region_id, row)
            audit.note(session, self.wall(), who.actor, "rota-exception", role, to=item.group)


def stored(session: Session, region_id: str) -> dict[str, Rota]:
    """Return the rota of each role of a region."""
    rows = rota.entries(session, region_id)
    return {
        role: Rota(
            tuple(_weekly(row) for row in rows if row.role == role and row.start_day is not None),
            tuple(
                DutyException(row.start_at, row.end_at, row.recipients)
                for row in rows
                if row.role == role and row.start_at is not None and row.end_at is not None
            ),
        )
        for role in {row.role for row in rows}
    }


def _weekly(row: RotaRow) -> WeeklyDuty:
    return WeeklyDuty(
        row.start_day or 0,
        _time(row.start_minute),
        row.end_day or 0,
        _time(row.end_minute),
        row.recipients,
    )


def _row(role: str, duty: WeeklyDuty) -> RotaRow:
    return RotaRow(
        role,
        duty.group,
        duty.start_day,
        _minute(duty.start_time),
        duty.end_day,
        _minute(duty.end_time),
    )


def _time(minute: int | None) -> time:
    return time(*divmod(minute or 0, MINUTES_PER_HOUR))


def _minute(moment: time) -> int:
    return moment.hour * MINUTES_PER_HOUR + moment.minute
