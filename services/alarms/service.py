"""What people see of alarms: the board of open ones, the ledger of all, the log of one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session, sessionmaker

from data import alarms
from data.alarms import AlarmRow, LogRow
from services.alarms import duties, scope
from services.alarms.closing import JUDGED_RULES, outcomes_of
from services.alarms.errors import UnknownAlarmError
from services.alarms.grouping import grouped
from services.alarms.keeper import next_call
from services.alarms.ledger import Judged, figures, yearly
from services.alarms.model import Evacuation, Outcome, Rule, Severity, Standing
from services.alarms.policy import Policy
from services.alarms.views import AlarmView, Board, Ledger, NextCall, Remark
from services.cache_policy import Remember, forget_at_once
from services.clock import Clock
from services.people.identity import require
from services.people.model import Right
from services.reading import Reading
from services.region import Region

BLIND = frozenset({Rule.STANDSTILL, Rule.LOST_RISING})
LEDGER_MOST = 500
"""Alarms on the page of the ledger, newest first; the figures count all."""


@dataclass(frozen=True, slots=True)
class AlarmService:
    """The alarms of a region as people see them."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    policy: Policy
    remember: Remember = forget_at_once

    def version(self) -> str:
        """Return a text that changes whenever something happens to an alarm."""
        with Reading(self.sessions) as session:
            return str(alarms.last_entry(session))

    def polled_version(self) -> str:
        """Return the version as polls ask for it: many screens share one look at the store."""
        return self.remember("alarms.version", self.region.region_id, self.version)

    def board(self) -> Board:
        """Return the open alarms; needs the right to watch."""
        require(Right.WATCH)
        now = self.clock.now()
        with Reading(self.sessions) as session:
            rows = alarms.open_rows(session, self.region.region_id, scope.of(self.clock))
            rotas = duties.stored(session, self.region.region_id)
            found = self._views(session, rows)
        views = tuple(sorted(found, key=_urgency))
        on_duty = {role: rota.on_duty(now, self.region.timezone) for role, rota in rotas.items()}
        rivers = {row.river_id: row.name for row in self.region.pack.rivers}
        return Board(now, views, on_duty, grouped(views, rivers))

    def ledger(self, words: str = "") -> Ledger:
        """Return the newest alarms and the figures of all; needs the right to watch."""
        require(Right.WATCH)
        with Reading(self.sessions) as session:
            rows = alarms.newest(session, self.region.region_id, LEDGER_MOST, words.strip())
            closed = alarms.judged(session, self.region.region_id, JUDGED_RULES)
            views = self._views(session, rows)
        judged = [
            Judged(
                row.subject,
                row.name,
                row.opened_at,
                Outcome(row.outcome),
                Evacuation(row.evacuated),
            )
            for row in closed
            if row.outcome and row.is_drill == scope.is_drill(scope.of(self.clock))
        ]
        by_subject, total = figures(judged)
        years = yearly(judged, self.region.timezone)
        return Ledger(self.clock.now(), views, by_subject, years, total)

    def places(self) -> tuple[tuple[str, str], ...]:
        """Return key ("place_id/river_id") and name of all exposed places, by name."""
        rows = (row for row in self.region.pack.exposures if row.exposed)
        found = {f"{row.place_id}/{row.river_id}": row.label for row in rows}
        return tuple(sorted(found.items(), key=lambda item: item[1]))

    def outcomes(self, alarm_id: str) -> tuple[Outcome, ...]:
        """Return what an alarm may turn out to be, nothing of one that is not here."""
        require(Right.WATCH)
        with Reading(self.sessions) as session:
            row = alarms.by_id(session, alarm_id)
        if row is None or row.region_id != self.region.region_id:
            return ()
        return outcomes_of(row.rule)

    def log(self, alarm_id: str) -> tuple[LogRow, ...]:
        """Return what happened to an alarm, oldest first; needs the right to watch.

        Raises
        ------
        UnknownAlarmError
            When this region has none of that id.
        """
        require(Right.WATCH)
        with Reading(self.sessions) as session:
            row = alarms.by_id(session, alarm_id)
            if row is None or row.region_id != self.region.region_id:
                raise UnknownAlarmError(alarm_id)
            return tuple(alarms.log_of(session, alarm_id))

    def _views(self, session: Session, rows: Sequence[AlarmRow]) -> tuple[AlarmView, ...]:
        remarks: defaultdict[str, list[Remark]] = defaultdict(list)
        for entry in alarms.entries_of(session, [row.alarm_id for row in rows], "comment"):
            remarks[entry.alarm_id].append(Remark(entry.at, entry.actor, entry.text))
        return tuple(self._view(row, remarks[row.alarm_id]) for row in rows)

    def _view(self, row: AlarmRow, remarks: Sequence[Remark]) -> AlarmView:
        call = next_call(row, self.policy, self.region)
        names = set(AlarmView.__slots__) - {"severity", "standing", "next_call", "remarks"}
        return AlarmView(
            **{name: getattr(row, name) for name in names},
            severity=Severity(row.severity),
            standing=Standing(row.standing),
            next_call=NextCall(call.at, call.group, call.step) if call else None,
            remarks=tuple(remarks),
        )


def _urgency(view: AlarmView) -> tuple[bool, int, bool, bool, float]:
    """Return the order: what goes on before what has ended, grave before light, newest first.

    Of equal severity lost sight comes before what is seen: nothing else tells of it.
    """
    return (
        view.ended_at is not None,
        -view.severity.rank,
        not view.needs_action,
        view.rule not in BLIND,
        -view.opened_at.timestamp(),
    )
