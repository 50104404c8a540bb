"""What the journal is made of: kinds of entries, what is entered, what people see of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

SYSTEM = "System"


class Kind(StrEnum):
    """What an entry is."""

    SITUATION = "lage"
    DECISION = "entscheidung"
    RECEIVED = "meldung-ein"
    SENT = "meldung-aus"
    ORDER = "auftrag"
    OTHER = "sonstiges"
    STATE = "zustand"
    FORECAST = "prognose"
    LOSS = "datenausfall"
    ALARM = "alarm"
    DELIVERY = "meldung"
    MEASURE = "massnahme"
    HANDOVER = "uebergabe"
    TAKEOVER = "uebernahme"
    CORRECTION = "korrektur"


MANUAL = (
    Kind.SITUATION,
    Kind.DECISION,
    Kind.RECEIVED,
    Kind.SENT,
    Kind.ORDER,
    Kind.OTHER,
)
"""What a person may write; everything else is written by what it tells of."""
KIND_WORDS: Mapping[Kind, str] = {
    Kind.SITUATION: "Lage",
    Kind.DECISION: "Entscheidung",
    Kind.RECEIVED: "Meldung eingehend",
    Kind.SENT: "Meldung ausgehend",
    Kind.ORDER: "Auftrag",
    Kind.OTHER: "Sonstiges",
    Kind.STATE: "Zustand",
    Kind.FORECAST: "Vorhersage",
    Kind.LOSS: "Messausfall",
    Kind.ALARM: "Alarm",
    Kind.DELIVERY: "Benachrichtigung",
    Kind.MEASURE: "Maßnahme",
    Kind.HANDOVER: "Übergabe",
    Kind.TAKEOVER: "Übernahme",
    Kind.CORRECTION: "Berichtigung",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be entered: `happened_at` and `noted_at` of the event clock, `wall_at` of ours.

    `subjects` are keys of places ("place/river") or gauges.
    """

    region_id: str
    scope: str
    kind: Kind
    text: str
    happened_at: datetime
    noted_at: datetime
    wall_at: datetime
    actor: str = SYSTEM
    person_id: str = ""
    subjects: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    photo: str | None = None
    refers_to: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Correction:
    """What an entry was corrected to, by whom, when and why."""

    entry_id: int
    text: str
    reason: str
    actor: str
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry as lists show it, with its corrections, oldest first."""

    entry_id: int
    kind: Kind
    text: str
    happened_at: datetime
    noted_at: datetime
    wall_at: datetime
    actor: str
    is_by_person: bool
    place: str
    lat: float | None
    lon: float | None
    photo: str | None
    refers_to: int | None
    corrections: tuple[Correction, ...]
    entry_hash: str
    details: Mapping[str, Any]

    @property
    def valid_text(self) -> str:
        """Return what holds now: the newest correction, else the text itself."""
        return self.corrections[-1].text if self.corrections else self.text


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Some entries of a search, and how many there are in all."""

    now: datetime
    is_drill: bool
    entries: tuple[EntryView, ...]
    found: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class ChainView:
    """What a check of the chain of hashes found; `broken_at` is the first entry that is wrong."""

    entries: int
    head: str
    broken_at: int | None
