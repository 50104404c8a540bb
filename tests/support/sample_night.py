"""What the night needs, by hand: readings, outages, and services over a store on a still clock."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from services.all_clear.errors import AllClearRefusedError
from services.all_clear.model import AllClearView, Area, MachineCheck, Proposal
from services.emergency_list.errors import NoListError
from services.emergency_list.keeper import WrittenList
from services.host_clock.model import ClockFinding, Clocks
from services.manual_readings.desk import ManualReadings
from services.manual_readings.errors import ReadingRefusedError
from services.manual_readings.model import Draft, GaugeChoice, ManualReadingView, Way
from services.night.room import NightRoom
from services.people.identity import require
from services.people.model import Right
from services.planned_outages.desk import PlannedOutages
from services.planned_outages.errors import OutageRefusedError
from services.planned_outages.model import Kind, Outage
from tests.support.sample_alarms import NOW, StandingClock

GAUGE = "iot-nitz"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def draft(**changes):
    values = {
        "gauge_id": GAUGE, "value": "1,85", "read_at": "", "way": "abgelesen",
        "read_by": "Feuerwehr", **changes,
    }  # fmt: skip
    return Draft(**values)


def reading(**changes):
    values = {
        "reading_id": 1, "gauge_id": GAUGE, "gauge_name": "Nitz", "read_at": NOW - 20 * MINUTE,
        "entered_at": NOW - 18 * MINUTE, "value": 1.85, "unit": "m", "way": Way.TOLD,
        "read_by": "Feuerwehr", "entered_by": "Diensthabende", "withdrawn_at": None,
        "withdrawn_by": "", "withdrawn_reason": "", **changes,
    }  # fmt: skip
    return ManualReadingView(**values)


def outage(**changes):
    values = {
        "outage_id": 1, "kind": Kind.GAUGE, "subject": GAUGE, "name": "Nitz",
        "start_at": NOW - HOUR, "until_at": NOW + 6 * HOUR, "reason": "Wartung",
        "set_by": "Diensthabende", **changes,
    }  # fmt: skip
    return Outage(**values)


def desks(sessions, region, clock=None):
    """Return the desks over a store."""
    clock = clock or StandingClock()
    return (
        ManualReadings(sessions, region, clock, wall=clock.now),
        PlannedOutages(sessions, region, clock, wall=clock.now),
    )


@dataclass
class FakeReadings:
    clock: StandingClock = field(default_factory=StandingClock)
    entered: list[Draft] = field(default_factory=list)

    def gauges(self):
        return (GaugeChoice(GAUGE, "Nitz", "Nitzbach", 0.0, 5.0),)

    def recent(self):
        require(Right.WATCH)
        taken = reading(
            reading_id=2, withdrawn_at=NOW, withdrawn_by="Leitung", withdrawn_reason="Zahlendreher"
        )
        return (reading(), taken)

    def enter(self, draft):
        require(Right.OPERATE)
        if not draft.value:
            raise ReadingRefusedError(user_message="Bitte den Wasserstand in Metern angeben.")
        self.entered.append(draft)
        return "Nitz: 1,85 m"

    def withdraw(self, _reading_id, reason):
        require(Right.OPERATE)
        if not reason:
            raise ReadingRefusedError(user_message="Bitte sagen, warum.")


@dataclass
class FakeOutages:
    clock: StandingClock = field(default_factory=StandingClock)

    def subjects(self):
        return ((Kind.GAUGE, GAUGE, "Nitz"), (Kind.DEVICE, "70b3d57ed0000001", "Gerät (Nitz)"))

    def recent(self):
        require(Right.WATCH)
        return (outage(), outage(outage_id=2, ended_at=NOW - MINUTE, ended_by="Leitung"))

    def plan(self, _kind, _subject, _until, reason):
        require(Right.OPERATE)
        if not reason:
            raise OutageRefusedError(user_message="Bitte den Grund angeben.")
        return outage()

    def put_back(self, _outage_id):
        require(Right.OPERATE)


@dataclass
class FakeLists:
    clock: StandingClock = field(default_factory=StandingClock)
    is_there: bool = True

    def newest(self, ending):
        require(Right.WATCH)
        if not self.is_there:
            raise NoListError
        return WrittenList(Path(f"notfallliste.{ending}"), NOW - 4 * MINUTE, 12_000)

    def body(self, ending):
        self.newest(ending)
        return b"%PDF-1.4" if ending == "pdf" else b"<!doctype html>"


def all_clear(**changes):
    values = {
        "clear_id": 1, "area": Area("nette", "Nette"), "given_at": NOW - HOUR,
        "author": "Diensthabende", "text": "Entwarnung.", "failed": (), "confirmed": (),
        "reason": "", "is_over": False, **changes,
    }  # fmt: skip
    return AllClearView(**values)


@dataclass
class StandingProposer:
    is_met: bool = True

    def areas(self):
        return (Area("nette", "Nette"), Area("__region__", "Landkreis"))

    def proposal(self, key):
        area = next(item for item in self.areas() if item.key == key)
        checks = (MachineCheck("Regen", self.is_met, "Amtliche Warnungen: nicht bekannt."),)
        return Proposal(area, checks, "Entwarnung.")


@dataclass
class FakeAllClears:
    clock: StandingClock = field(default_factory=StandingClock)
    given: list[object] = field(default_factory=list)

    def areas(self):
        return (Area("nette", "Nette"),)

    def proposal(self, key):
        require(Right.WATCH)
        checks = (
            MachineCheck("Pegel", is_met=True, words="Alle Pegel haben gültige Werte."),
            MachineCheck("Regen", is_met=False, words="Amtliche Warnungen: nicht bekannt."),
        )
        return Proposal(Area(key, "Nette"), checks, "")

    def recent(self):
        require(Right.WATCH)
        failed = all_clear(clear_id=2, failed=("Regen: nicht bekannt.",), reason="Sichtprüfung")
        return (all_clear(), failed, all_clear(clear_id=3, is_over=True))

    def current(self):
        require(Right.WATCH)
        return (all_clear(),)

    def give(self, wish):
        require(Right.OPERATE)
        if not wish.confirmed:
            raise AllClearRefusedError(user_message="Noch nicht bestätigt: Ortsbegehung.")
        self.given.append(wish)
        return all_clear()


def fake_night():
    """Return the room over fakes."""
    return NightRoom(
        readings=FakeReadings(),
        outages=FakeOutages(),
        lists=FakeLists(),
        all_clears=FakeAllClears(),
        host_clock=lambda: ClockFinding({Clocks.SERVERS: 0.0}, None),
    )
