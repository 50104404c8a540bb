"""What people enter into the journal: entries, corrections, and the handover between shifts.

Nothing is changed or deleted: a correction is an entry of its own that names the one it corrects.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from data import audit, journal
from data.journal import JournalRow
from services.alarms import scope
from services.clock import Clock, wall_now
from services.journal.errors import EntryRefusedError, HandoverWaitsError, UnknownEntryError
from services.journal.handover import Handover
from services.journal.model import MANUAL, Entry, Kind
from services.journal.notes import note
from services.journal.photo import Photo, read_photo
from services.journal.places import spots
from services.people.identity import require
from services.people.model import Identity, Right
from services.region import Region
from services.storing import storing
from services.typed_text import all_paragraphs, one_line, paragraphs

TEXT_MAX = 4000
REASON_MAX = 300
LAT_MAX, LON_MAX = 90.0, 180.0
EMPTY = "Der Eintrag ist leer."
AHEAD = "Die Zeit des Ereignisses liegt in der Zukunft. Bitte prüfen."
NO_REASON = "Eine Berichtigung braucht den neuen Text und einen Grund."
SAME_PERSON = "Übernehmen muss jemand anderes als die Person, die übergeben hat."
TAKEN_OVER = "Diese Übergabe ist schon übernommen."
STILL_WAITING = (
    "Ihre Übergabe dieser Schicht wartet schon als Nr. {number} darauf, dass jemand übernimmt."
    " Nachträge bitte im Tagebuch als Berichtigung von Nr. {number}."
)
HANDOVERS_LOOKED_AT = 50
"""Newest handovers among which one may wait still: two weeks of three shifts a day."""
NO_HANDOVER = "Das ist kein Übergabebericht."
CORRECTED = "Diesen Eintrag hat {who} gerade schon berichtigt. Bitte noch einmal ansehen."


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person wants to enter; without `happened_at` it happened now.

    `subject` is the key of a place or gauge, "" for none; the position is in degrees WGS 84.
    """

    kind: Kind
    text: str
    happened_at: datetime | None = None
    subject: str = ""
    lat: float | None = None
    lon: float | None = None
    photo: bytes = b""


@dataclass(frozen=True, slots=True)
class JournalDesk:
    """Writes into the journal of a region for people with the right to operate."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    wall: Callable[[], datetime] = wall_now

    def write(self, draft: Draft) -> int:
        """Enter something; returns its number; needs the right to operate.

        Raises
        ------
        EntryRefusedError
            When it says nothing, lies ahead, or names a place or position that is none.
        PhotoRefusedError
            When the photo is none.
        """
        who = require(Right.OPERATE)
        entry = self._entry(who, draft.kind, _text(draft.text))
        self._check(draft, entry.noted_at)
        photo = read_photo(draft.photo) if draft.photo else None
        entry = replace(
            entry,
            happened_at=draft.happened_at or entry.noted_at,
            subjects=(draft.subject,) if draft.subject else (),
            lat=draft.lat,
            lon=draft.lon,
            photo=photo.row.sha256 if photo else None,
        )
        with storing(self.sessions) as session:
            if photo is not None:
                journal.add_photo(session, photo.row)
            return self._store(session, entry, "tagebuch-eintrag")

    def look_at(self, photo: bytes) -> Photo:
        """Return a photo as it would be stored, before anything is; needs the right to operate."""
        require(Right.OPERATE)
        return read_photo(photo)

    def correct(self, entry_id: int, text: str, reason: str, seen: int = 0) -> int:
        """Enter what an entry should have said, and why; `seen` are the corrections shown of it.

        Raises
        ------
        EntryRefusedError
            When text or reason is missing, or somebody has just corrected it.
        UnknownEntryError
            When there is no such entry, or it is a correction itself.
        """
        who = require(Right.OPERATE)
        why = one_line(reason, REASON_MAX)
        if not text.strip() or not why:
            raise EntryRefusedError(user_message=NO_REASON)
        entry = self._entry(who, Kind.CORRECTION, _text(text))
        with storing(self.sessions) as session:
            row = self._found(session, entry_id)
            if row.kind == Kind.CORRECTION:
                raise UnknownEntryError(str(entry_id))
            before = journal.referring(session, [entry_id], Kind.CORRECTION)
            if len(before) > seen:
                words = CORRECTED.format(who=before[-1].actor)
                raise EntryRefusedError(user_message=words)
            made = replace(
                entry,
                happened_at=row.happened_at,
                refers_to=entry_id,
                subjects=tuple(key for key in row.subjects.split(journal.BAR) if key),
                details={"reason": why},
            )
            return self._store(session, made, "tagebuch-berichtigung")

    def hand_over(self, report: Handover) -> int:
        """Enter the report of a shift, signed by who hands over; returns its number.

        Raises
        ------
        HandoverWaitsError
            When the same person's report of the same shift waits already to be taken over.
        """
        who = require(Right.OPERATE)
        entry = self._entry(who, Kind.HANDOVER, report.summary)
        with storing(self.sessions) as session:
            self._require_none_waiting(session, who, report)
            made = replace(entry, details=report.as_details())
            return self._store(session, made, "tagebuch-uebergabe")

    def take_over(self, entry_id: int, remark: str = "") -> int:
        """Sign a handover as who takes over; returns the number of that entry.

        Raises
        ------
        EntryRefusedError
            When it is no handover, is taken over already, or the same person signs.
        """
        who = require(Right.OPERATE)
        words = paragraphs(remark, TEXT_MAX)
        with storing(self.sessions) as session:
            row = self._found(session, entry_id)
            if row.kind != Kind.HANDOVER:
                raise EntryRefusedError(user_message=NO_HANDOVER)
            if journal.referring(session, [entry_id], Kind.TAKEOVER):
                raise EntryRefusedError(user_message=TAKEN_OVER)
            if who.is_same_person(row.person_id, row.actor):
                raise EntryRefusedError(user_message=SAME_PERSON)
            text = f"Übergabe Nr. {entry_id} von {row.actor} übernommen."
            entry = self._entry(who, Kind.TAKEOVER, f"{text} {words}".strip())
            return self._store(session, replace(entry, refers_to=entry_id), "tagebuch-uebernahme")

    def _require_none_waiting(self, session: Session, who: Identity, report: Handover) -> None:
        """Refuse a second signature under one shift; the button is easily pressed twice."""
        journal.hold(session)
        kinds = (Kind.HANDOVER.value,)
        wanted = journal.Search(self.region.region_id, scope.of(self.clock), kinds)
        own = [
            row.entry_id
            for row in journal.search(session, wanted, HANDOVERS_LOOKED_AT)
            if who.is_same_person(row.person_id, row.actor)
            and Handover.of(row.details).start == report.start
        ]
        taken = {row.refers_to for row in journal.referring(session, own, Kind.TAKEOVER)}
        waiting = [number for number in own if number not in taken]
        if waiting:
            words = STILL_WAITING.format(number=waiting[0])
            raise HandoverWaitsError(user_message=words)

    def _check(self, draft: Draft, now: datetime) -> None:
        if draft.kind not in MANUAL:
            raise EntryRefusedError(user_message="Bitte wählen, was der Eintrag ist.")
        if draft.happened_at is not None and draft.happened_at > now:
            raise EntryRefusedError(user_message=AHEAD)
        if draft.subject and draft.subject not in spots(self.region):
            raise EntryRefusedError(user_message="Diesen Ort oder Pegel gibt es hier nicht.")
        _check_position(draft.lat, draft.lon)

    def _entry(self, who: Identity, kind: Kind, text: str) -> Entry:
        now = self.clock.now()
        return Entry(
            region_id=self.region.region_id,
            scope=scope.of(self.clock),
            kind=kind,
            text=text,
            happened_at=now,
            noted_at=now,
            wall_at=self.wall(),
            actor=who.actor,
            person_id=who.person_id,
        )

    def _found(self, session: Session, entry_id: int) -> JournalRow:
        journal.hold(session)
        row = journal.by_id(session, self.region.region_id, entry_id)
        if row is None or row.scope != scope.of(self.clock):
            raise UnknownEntryError(str(entry_id))
        return row

    def _store(self, session: Session, entry: Entry, action: str) -> int:
        number = note(session, entry)
        details: dict[str, Any] = {"kind": entry.kind.value}
        audit.note(session, entry.wall_at, entry.actor, action, str(number), **details)
        return number


def _text(text: str) -> str:
    kept = all_paragraphs(text)
    if not kept:
        raise EntryRefusedError(user_message=EMPTY)
    if len(kept) > TEXT_MAX:
        said = f"Der Eintrag hat {len(kept)} Zeichen, höchstens {TEXT_MAX} sind möglich."
        raise EntryRefusedError(user_message=said)
    return kept


def _check_position(lat: float | None, lon: float | None) -> None:
    if (lat is None) != (lon is None):
        raise EntryRefusedError(user_message="Eine Position braucht Breite und Länge.")
    if lat is not None and lon is not None and not (abs(lat) <= LAT_MAX and abs(lon) <= LON_MAX):
        words = "Diese Position gibt es nicht: Breite bis 90, Länge bis 180 Grad."
        raise EntryRefusedError(user_message=words)
