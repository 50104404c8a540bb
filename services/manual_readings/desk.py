"""Enters readings of staff gauges and telephone calls as observations, and takes them back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import audit, manual_readings, observations, operation, quality, things
from data.observation_rows import ObservationRow
from services.alarms import scope
from services.clock import Clock, wall_now
from services.flood.model import Flag
from services.journal.model import Entry, Kind
from services.journal.notes import note
from services.journal.words import level_text
from services.local_time import stamp
from services.manual_readings.beside import NEAR
from services.manual_readings.errors import ReadingRefusedError
from services.manual_readings.model import (
    ORIGIN,
    WAY_WORDS,
    Draft,
    GaugeChoice,
    ManualReadingView,
    Way,
    view_of,
)
from services.manual_readings.typed import METRE, STAGE, level_m, read_at
from services.people.identity import require
from services.people.model import Identity, Right
from services.quality.verdict import READING, Verdict
from services.reading import Reading
from services.region import Region
from services.storing import storing
from services.typed_text import one_line

NAME_MAX = 60
REASON_MAX = 120
SHOWN_FOR = timedelta(days=2)
SHOWN = 50
BESIDE = (
    ". Das Gerät meldet zur selben Zeit selbst: Die Ablesung steht daneben und zählt nicht für die"
    " Vorhersage. Ist das Gerät falsch, bitte seine Werte unter Daten, Datenprüfung als falsch"
    " kennzeichnen"
)


@dataclass(frozen=True, slots=True)
class ManualReadings:
    """The readings that people enter for the gauges of a region."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    wall: Callable[[], datetime] = wall_now

    def gauges(self) -> tuple[GaugeChoice, ...]:
        """Return the gauges that a level can be entered for, along their rivers."""
        rivers = {row.river_id: row.name for row in self.region.pack.rivers}
        rows = [
            row
            for row in self.region.pack.gauges
            if row.observes == STAGE and row.gauge_id in self.region.connected
        ]
        rows.sort(key=lambda row: (rivers.get(row.river_id, row.river_id), -(row.river_km or 0.0)))
        return tuple(
            GaugeChoice(
                row.gauge_id,
                row.name,
                rivers.get(row.river_id, row.river_id),
                row.range_min,
                row.range_max,
            )
            for row in rows
        )

    def recent(self) -> tuple[ManualReadingView, ...]:
        """Return the readings of the last two days, the newest first; needs the right to watch."""
        require(Right.WATCH)
        names = {row.gauge_id: row.name for row in self.region.pack.gauges}
        start = self.clock.now() - SHOWN_FOR
        with Reading(self.sessions) as session:
            rows = manual_readings.since(session, *self._place, start, SHOWN)
        return tuple(view_of(row, names.get(row.gauge_id, row.gauge_id)) for row in rows)

    def enter(self, draft: Draft) -> str:
        """Store a reading and return it in words; needs the right to operate.

        Raises
        ------
        ReadingRefusedError
            When gauge, value, time or origin do not fit, or there is a value of this minute.
        UnclearTimeError
            When the time cannot be read or comes twice in the night of the clock change.
        """
        who = require(Right.OPERATE)
        gauge = next((item for item in self.gauges() if item.gauge_id == draft.gauge_id), None)
        if gauge is None:
            raise ReadingRefusedError(user_message="Bitte den Pegel wählen.")
        value = level_m(draft.value, gauge.lowest_m, gauge.highest_m)
        now = self.clock.now()
        at = read_at(draft.read_at, now, self.region.timezone)
        if draft.way not in set(Way):
            raise ReadingRefusedError(user_message="Bitte angeben, woher der Wert kommt.")
        way = Way(draft.way)
        reader = one_line(draft.read_by, NAME_MAX) or who.actor
        said = f"{WAY_WORDS[way]} von {reader}"
        words = (
            f"{gauge.name}: {level_text(value, METRE)} um {stamp(at, self.region.timezone)}, {said}"
        )
        with storing(self.sessions) as session:
            number = things.ids(session).get(f"{gauge.gauge_id}/{STAGE}")
            if number is None:
                raise ReadingRefusedError(user_message="Für diesen Pegel gibt es keine Messreihe.")
            self._refuse_double(session, number, at)
            verdict = Verdict(Flag.NOT_EVALUATED, said, READING)
            row = ObservationRow(number, at, now, value, value, verdict.flag, verdict.said, ORIGIN)
            observations.upsert(session, [row], actor=who.actor)
            reading_id = manual_readings.add(
                session, *self._place, gauge_id=gauge.gauge_id, read_at=at, entered_at=now,
                value=value, unit=METRE, way=way.value, read_by=reader, entered_by=who.actor,
            )  # fmt: skip
            self._told(session, who, gauge.gauge_id, at, f"Ablesung {words}")
            audit.note(
                session, self.wall(), who.actor, "manual-reading", gauge.gauge_id,
                number=reading_id, value=value, read_at=at.isoformat(), way=way.value,
            )  # fmt: skip
            operation.report(session, operation.INGEST, self.wall(), ok=True)
            beside = quality.rows(session, number, at - NEAR, at + NEAR)
        is_spoken = any(
            row.origin != ORIGIN and row.value is not None and row.flag < Flag.SUSPECT
            for row in beside
        )
        return f"{words}{BESIDE if is_spoken else ''}"

    def withdraw(self, reading_id: int, reason: str) -> None:
        """Take a reading back, it counts no more; needs the right to operate.

        Raises
        ------
        ReadingRefusedError
            Without a reason, or when it does not exist or is withdrawn already.
        """
        who = require(Right.OPERATE)
        why = one_line(reason, REASON_MAX)
        if not why:
            raise ReadingRefusedError(user_message="Bitte sagen, warum die Ablesung falsch war.")
        now = self.clock.now()
        with storing(self.sessions) as session:
            row = manual_readings.by_id(session, *self._place, reading_id)
            if row is None:
                raise ReadingRefusedError(user_message="Diese Ablesung gibt es nicht.")
            if not manual_readings.withdraw(session, reading_id, now, who.actor, why):
                raise ReadingRefusedError(user_message="Diese Ablesung ist schon zurückgezogen.")
            number = things.ids(session).get(f"{row.gauge_id}/{STAGE}")
            if number is not None:
                verdict = Verdict(Flag.MISSING, f"zurückgezogen: {why}", READING)
                key = (number, row.read_at)
                stored = quality.rows(session, number, row.read_at, row.read_at)
                if stored and stored[0].origin == ORIGIN:
                    flags = {key: (verdict.flag, verdict.said)}
                    observations.reflag(session, flags, now, actor=who.actor)
            text = (
                f"Ablesung {self._name(row.gauge_id)}: {level_text(row.value, row.unit)} um"
                f" {stamp(row.read_at, self.region.timezone)} zurückgezogen: {why}"
            )
            self._told(session, who, row.gauge_id, now, text)
            audit.note(
                session, self.wall(), who.actor, "manual-reading-withdraw", row.gauge_id,
                number=reading_id, reason=why,
            )  # fmt: skip
            operation.report(session, operation.INGEST, self.wall(), ok=True)

    @property
    def _place(self) -> tuple[str, str]:
        return self.region.region_id, scope.of(self.clock)

    def _name(self, gauge_id: str) -> str:
        names = {row.gauge_id: row.name for row in self.region.pack.gauges}
        return names.get(gauge_id, gauge_id)

    def _refuse_double(self, session: Session, number: int, at: datetime) -> None:
        stored = quality.rows(session, number, at, at)
        if stored and stored[0].value is not None and stored[0].flag < Flag.SUSPECT:
            by_hand = stored[0].origin == ORIGIN
            held = "eine Ablesung; bitte zuerst zurückziehen" if by_hand else "ein Wert des Geräts"
            time = stamp(at, self.region.timezone)
            raise ReadingRefusedError(user_message=f"Für {time} gibt es schon {held}.")

    def _told(
        self, session: Session, who: Identity, gauge_id: str, at: datetime, text: str
    ) -> None:
        region_id, name = self._place
        note(
            session,
            Entry(
                region_id=region_id,
                scope=name,
                kind=Kind.RECEIVED,
                text=text,
                happened_at=at,
                noted_at=self.clock.now(),
                wall_at=self.wall(),
                actor=who.actor,
                person_id=who.person_id,
                subjects=(gauge_id,),
            ),
        )
