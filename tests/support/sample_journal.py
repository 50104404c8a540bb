"""The journal by hand: entries in memory, what was done with them, a store for real ones."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from data.journal import Search
from services.alarms.policy import make_policy
from services.alarms.service import AlarmService
from services.cycles import CycleService
from services.journal.csv_files import JournalCsv
from services.journal.desk import JournalDesk
from services.journal.errors import EntryRefusedError, UnknownEntryError
from services.journal.from_cycle import CycleJournal
from services.journal.handover import Handover
from services.journal.knowledge import Knowledge, KnowledgeService
from services.journal.model import ChainView, Correction, EntryView, JournalPage, Kind
from services.journal.pdf_files import JournalPdf
from services.journal.photo import read_photo
from services.journal.places import Spot
from services.journal.room import JournalRoom
from services.journal.service import JournalService
from services.journal.shift import ShiftReports
from services.people.identity import require
from services.people.model import Right
from tests.support.sample_alarms import NOW, StandingClock

MINUTE = timedelta(minutes=1)


@dataclass
class Desk:
    """The real journal over one store, on a clock that tests set."""

    sessions: object
    region: object
    clock: StandingClock = field(default_factory=StandingClock)
    measures: object = tuple
    duty_note: object = lambda: None

    def __post_init__(self):
        given = (self.sessions, self.region, self.clock)
        reading = JournalService(*given)
        knowledge = KnowledgeService(*given)
        self.room = JournalRoom(
            reading=reading,
            desk=JournalDesk(*given, wall=self.clock.now),
            knowledge=knowledge,
            csv=JournalCsv(reading, knowledge),
            pdf=JournalPdf(reading, knowledge, "Landkreis Test"),
            shifts=ShiftReports(
                reading,
                knowledge,
                AlarmService(*given, make_policy()),
                self.measures,
                self.duty_note,
            ),
        )

    def cycles(self):
        told = CycleJournal(self.region, self.clock, wall=self.clock.now)
        return CycleService(
            self.sessions, self.region, self.clock, "simulated", members=60, tell=told
        )

    def after(self, minutes):
        self.clock.instant += minutes * MINUTE
        return self


def entry(entry_id=7, **changes):
    base = EntryView(
        entry_id=entry_id,
        kind=Kind.DECISION,
        text="Campingplatz wird geräumt",
        happened_at=NOW - 10 * MINUTE,
        noted_at=NOW - 4 * MINUTE,
        wall_at=NOW - 4 * MINUTE,
        actor="Dienst crisis",
        is_by_person=True,
        place="Mayen",
        lat=None,
        lon=None,
        photo=None,
        refers_to=None,
        corrections=(),
        entry_hash="a" * 64,
        details={},
    )
    return replace(base, **changes)


def corrected():
    made = Correction(8, "Campingplatz ist geräumt", "Tippfehler", "Dienst zwei", NOW)
    return entry(corrections=(made,))


def handover():
    return Handover(
        start=NOW - timedelta(hours=8),
        end=NOW,
        at_start="Alle Orte liegen unter ihren Schwellen",
        at_end="Alarm für 2 Orte",
        alarms=("Alarm: Hochwasser, Mayen (nicht quittiert)",),
        measures=(),
        decisions=("Campingplatz wird geräumt",),
        silent=("Hammesmühle: zuletzt 1,20 m",),
        hints="Brücke beobachten",
        duty_note="Wache bleibt besetzt.",
        situation=("12:40: Nette fällt",),
    )


@dataclass
class FakeReading:
    views: list[EntryView] = field(default_factory=lambda: [entry()])
    text: str = "3"
    waiting: object = None
    broken_at: object = None
    asked: list[object] = field(default_factory=list)
    is_drill: bool = True
    region: object = field(
        default_factory=lambda: SimpleNamespace(timezone=ZoneInfo("Europe/Berlin"))
    )
    clock: object = field(default_factory=StandingClock)

    def polled_version(self):
        return self.text

    def version(self):
        return self.text

    def wanted(self):
        return Search("myk", "live")

    def page(self, wanted, number=1):
        require(Right.WATCH)
        self.asked.append((wanted, number))
        return JournalPage(NOW, self.is_drill, tuple(self.views), len(self.views), 1, 1)

    def entry(self, entry_id):
        require(Right.WATCH)
        found = next((view for view in self.views if view.entry_id == entry_id), None)
        if found is None:
            raise UnknownEntryError(str(entry_id))
        return found

    def photo(self, sha256):
        require(Right.WATCH)
        raise UnknownEntryError(sha256)

    def open_handover(self):
        require(Right.WATCH)
        return self.waiting

    def spots(self):
        return (Spot("mayen/nette", "Mayen", 50.3, 7.2), Spot("iot-nitz", "Pegel Nitz", None, None))

    def verify(self):
        require(Right.WATCH)
        return ChainView(12, "b" * 64, self.broken_at)


@dataclass
class FakeJournalDesk:
    done: list[object] = field(default_factory=list)

    def write(self, draft):
        require(Right.OPERATE)
        if not draft.text:
            raise EntryRefusedError(user_message="Der Eintrag ist leer.")
        self.done.append(("write", draft))
        return 9

    def look_at(self, photo):
        require(Right.OPERATE)
        return read_photo(photo)

    def correct(self, entry_id, text, reason, seen=0):
        require(Right.OPERATE)
        self.done.append(("correct", entry_id, text, reason, seen))
        return 10

    def hand_over(self, report):
        require(Right.OPERATE)
        self.done.append(("hand-over", report))
        return 11

    def take_over(self, entry_id, remark=""):
        require(Right.OPERATE)
        self.done.append(("take-over", entry_id, remark))
        return 12


def fake_journal():
    """Return a room whose parts remember what was asked of them."""

    def known(at):
        require(Right.WATCH)
        return Knowledge(at, None, None, "Alarm für 2 Orte", "", (), (), ("Alarm: Mayen",))

    def file(*_asked):
        require(Right.WATCH)
        return "nr\r\n"

    def handover_pdf(_number):
        require(Right.WATCH)
        return b"%PDF"

    def draft(_start, _hints):
        require(Right.OPERATE)
        return handover()

    return SimpleNamespace(
        reading=FakeReading(),
        desk=FakeJournalDesk(),
        knowledge=SimpleNamespace(at=known),
        csv=SimpleNamespace(entries=file, known=file),
        pdf=SimpleNamespace(entries=lambda *asked: file(*asked).encode()),
        shifts=SimpleNamespace(draft=draft),
        handover_pdf=handover_pdf,
    )
