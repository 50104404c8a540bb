"""Takes gauges and devices out of service for a time, and puts them back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import alarms, audit, planned_outages
from data.alarms import AlarmRow, LogRow
from services.alarms import scope
from services.alarms.model import Rule, Standing
from services.clock import Clock, wall_now
from services.journal import from_alarms
from services.journal.model import Entry
from services.journal.model import Kind as EntryKind
from services.journal.notes import note
from services.local_time import Occurrence, instant_near, stamp
from services.people.identity import require
from services.people.model import Identity, Right
from services.planned_outages.errors import OutageRefusedError
from services.planned_outages.model import WORD, Kind, Outage, outage_of
from services.reading import Reading
from services.region import Region
from services.storing import storing
from services.typed_text import one_line

REASON_MAX = 150
LONGEST = timedelta(days=90)
"""Beyond it a gauge is not out of service but gone: somebody must look again (estimate)."""
SHOWN = 50
GAUGE_RULES = (Rule.SILENT, Rule.LOST_RISING)


@dataclass(frozen=True, slots=True)
class PlannedOutages:
    """The planned outages of a region."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    wall: Callable[[], datetime] = wall_now

    def subjects(self) -> tuple[tuple[Kind, str, str], ...]:
        """Return what can be taken out of service: kind, id and name; gauges first."""
        names = self._names()
        gauges = [
            (Kind.GAUGE, row.gauge_id, row.name)
            for row in self.region.pack.gauges
            if row.gauge_id in self.region.connected
        ]
        devices = {
            row.dev_eui: f"Gerät {row.dev_eui} ({names[row.gauge_id]})"
            for row in self.region.sensors
        }
        return (*gauges, *((Kind.DEVICE, eui, words) for eui, words in sorted(devices.items())))

    def recent(self) -> tuple[Outage, ...]:
        """Return the last outages, the newest first; needs the right to watch."""
        require(Right.WATCH)
        names = {(kind, key): name for kind, key, name in self.subjects()}
        with Reading(self.sessions) as session:
            rows = planned_outages.newest(session, *self._place, SHOWN)
        return tuple(
            outage_of(row, names.get((Kind(row.kind), row.subject), row.subject)) for row in rows
        )

    def plan(self, kind: str, subject: str, until: str, reason: str) -> Outage:
        """Take something out of service from now on; needs the right to operate.

        Open alarms of its silence end, with the reason in their log.

        Raises
        ------
        OutageRefusedError
            When it is unknown or out of service already, the end does not fit or a reason lacks.
        UnclearTimeError
            When the end cannot be read or comes twice in the night of the clock change.
        """
        who = require(Right.OPERATE)
        found = next((item for item in self.subjects() if item[:2] == (kind, subject)), None)
        if found is None:
            raise OutageRefusedError(user_message="Bitte den Pegel oder das Gerät wählen.")
        why = one_line(reason, REASON_MAX)
        if not why:
            raise OutageRefusedError(user_message="Bitte den Grund angeben, er steht am Pegel.")
        now = self.clock.now()
        end = self._end(until, now)
        with storing(self.sessions) as session:
            alarms.hold(session)
            held = planned_outages.active(session, *self._place, now)
            if any((row.kind, row.subject) == (kind, subject) for row in held):
                raise OutageRefusedError(user_message=f"{found[2]} ist schon {WORD}.")
            number = planned_outages.add(
                session, *self._place, kind=kind, subject=subject, start_at=now,
                until_at=end, reason=why, set_by=who.actor,
            )  # fmt: skip
            made = Outage(number, Kind(kind), subject, found[2], now, end, why, who.actor)
            words = made.words(self.region.timezone)
            self._end_alarms(session, made, words, now)
            self._told(session, who, made, f"{found[2]}: {words}")
            audit.note(
                session, self.wall(), who.actor, "outage-plan", f"{kind}:{subject}",
                until=end.isoformat(), reason=why,
            )  # fmt: skip
        return made

    def put_back(self, outage_id: int) -> None:
        """End an outage now: silence is an alarm again; needs the right to operate.

        Raises
        ------
        OutageRefusedError
            When it does not hold any more.
        """
        who = require(Right.OPERATE)
        now = self.clock.now()
        with storing(self.sessions) as session:
            held = planned_outages.active(session, *self._place, now)
            row = next((item for item in held if item.outage_id == outage_id), None)
            if row is None or not planned_outages.end(session, outage_id, now, who.actor):
                raise OutageRefusedError(user_message="Diese Außerbetriebnahme ist schon beendet.")
            names = {(kind, key): name for kind, key, name in self.subjects()}
            made = outage_of(row, names.get((Kind(row.kind), row.subject), row.subject))
            self._told(session, who, made, f"{made.name} ist wieder in Betrieb.")
            audit.note(session, self.wall(), who.actor, "outage-end", f"{made.kind}:{made.subject}")

    @property
    def _place(self) -> tuple[str, str]:
        return self.region.region_id, scope.of(self.clock)

    def _names(self) -> dict[str, str]:
        return {row.gauge_id: row.name for row in self.region.pack.gauges}

    def _end(self, until: str, now: datetime) -> datetime:
        zone = self.region.timezone
        end = instant_near(until, now, zone, Occurrence.NEXT)
        if end <= now:
            raise OutageRefusedError(
                user_message=f"Das Ende {stamp(end, zone)} ist schon vorbei"
                f" (jetzt {stamp(now, zone)})."
            )
        if end - now > LONGEST:
            raise OutageRefusedError(
                user_message=f"Höchstens {LONGEST.days} Tage, also bis"
                f" {stamp(now + LONGEST, zone)}; danach bitte neu prüfen."
            )
        return end

    def _end_alarms(self, session: Session, made: Outage, words: str, now: datetime) -> None:
        """End the open alarms of its silence; a person has still to close them."""
        keys = self._keys(made)
        for row in alarms.open_rows(session, *self._place):
            if row.alarm_key not in keys or row.ended_at is not None:
                continue
            values = {"ended_at": now, "standing": Standing.CLEAR.value, "text": words}
            if alarms.turn(session, row.alarm_id, row.version, **values):
                self._log(session, row, words, now)

    def _keys(self, made: Outage) -> set[str]:
        if made.kind is Kind.DEVICE:
            devices = {made.subject}
        else:
            devices = {row.dev_eui for row in self.region.sensors if row.gauge_id == made.subject}
        keys = {f"{Rule.DEVICE}:{eui}" for eui in devices}
        if made.kind is Kind.GAUGE:
            keys |= {f"{rule}:{made.subject}" for rule in GAUGE_RULES}
        return keys

    def _log(self, session: Session, row: AlarmRow, words: str, now: datetime) -> None:
        entry = LogRow(row.alarm_id, "ended", now, self.wall(), "System", words, {})
        alarms.note(session, entry)
        from_alarms.tell(session, row, entry)

    def _told(self, session: Session, who: Identity, made: Outage, text: str) -> None:
        region_id, name = self._place
        now = self.clock.now()
        subjects = (made.subject,) if made.kind is Kind.GAUGE else ()
        note(
            session,
            Entry(
                region_id=region_id, scope=name, kind=EntryKind.DECISION, text=text,
                happened_at=now, noted_at=now, wall_at=self.wall(), actor=who.actor,
                person_id=who.person_id, subjects=subjects,
            ),
        )  # fmt: skip
