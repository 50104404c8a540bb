"""Four eyes on both databases: who may decide, what is refused, what holds afterwards."""

import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from data import audit, thresholds
from services.archive.reading import NO_ARCHIVE
from services.cycles import THRESHOLDS, CycleService
from services.flood.model import State
from services.people.errors import NotAllowedError, NotSignedInError
from services.people.identity import acting
from services.people.model import Role
from services.thresholds.desk import ThresholdDesk
from services.thresholds.errors import (
    FourEyesError,
    ThresholdConflictError,
    ThresholdRefusedError,
    UnknownChangeError,
)
from services.thresholds.in_effect import ThresholdBook
from services.thresholds.model import Status
from services.thresholds.service import ThresholdService
from tests.support.sample_alarms import StandingClock
from tests.support.sample_people import identity_of
from tests.support.sample_thresholds import NEW, PACK, TARGET, proposal

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
FIRST = identity_of(Role.CRISIS)
SECOND = identity_of(Role.CRISIS, person_id="id-2", name="Dienst zwei")
PLANNER = identity_of(Role.PLANNER)


@dataclass
class Office:
    """Desk, book and board over one store, on a clock that tests set."""

    sessions: object
    region: object

    def __post_init__(self):
        self.clock = StandingClock(NOW)
        now = self.clock.now
        self.desk = ThresholdDesk(self.sessions, self.region, self.clock, NO_ARCHIVE, wall=now)
        self.service = ThresholdService(self.sessions, self.region, wall=now)
        self.book = ThresholdBook(self.region, wall=now)

    def propose(self, who=PLANNER, **changes):
        with acting(who):
            change = self.desk.propose(proposal(**changes))
        self.desk.compute_effect(change)
        return change

    def approve(self, change, who=SECOND, note=""):
        with acting(who):
            return self.desk.approve(change, note)

    def board(self):
        with acting(PLANNER):
            return self.service.board()

    def level(self, level="warnung"):
        with self.sessions() as session:
            pack = self.book.held(session).applied(self.region.pack)
        return next(
            row.value for row in pack.thresholds if (row.gauge_id, row.level) == (TARGET[0], level)
        )


@pytest.fixture
def office(sessions, region):
    return Office(sessions, region)


def test_the_same_levels_are_proposed_again_only_after_the_decision(office):
    change = office.propose()
    with acting(SECOND), pytest.raises(ThresholdRefusedError, match="schon vorgeschlagen"):
        office.desk.propose(proposal(reason="noch einmal"))
    office.propose(levels={**NEW, "alarm": NEW["alarm"] + 0.1})
    with acting(PLANNER):
        office.desk.withdraw(change)
    assert office.propose()


def test_a_change_holds_only_after_a_second_person_has_approved_it(office):
    change = office.propose()
    assert office.level() == PACK["warnung"]
    assert office.approve(change, note="geprüft") == 1
    assert office.level() == NEW["warnung"]
    view = next(view for view in office.board().current if view.target == TARGET)
    assert (view.version, view.owner, view.provisional) == (1, "Stadt Mayen", False)
    assert PLANNER.name not in view.source
    [past] = office.board().history
    assert (past.status, past.proposer, past.decider) == (
        Status.APPROVED, PLANNER.actor, SECOND.actor,
    )  # fmt: skip


@pytest.mark.parametrize("step", ["approve", "reject"])
def test_nobody_decides_on_what_they_have_proposed_even_with_both_rights(office, step):
    change = office.propose(who=FIRST)
    namesake = identity_of(Role.ADMIN, person_id="id-3", name=FIRST.name.upper())
    with acting(namesake), pytest.raises(FourEyesError):
        getattr(office.desk, step)(change, "weil ich es kann")
    with acting(FIRST), pytest.raises(FourEyesError):
        getattr(office.desk, step)(change, "weil ich es kann")
    assert office.level() == PACK["warnung"]
    assert len(office.board().pending) == 1


def test_each_step_needs_its_right(office):
    change = office.propose()
    with acting(PLANNER), pytest.raises(NotAllowedError):
        office.desk.approve(change)
    with pytest.raises(NotSignedInError):
        office.desk.propose(proposal())
    with acting(identity_of(Role.COUNCIL)), pytest.raises(NotAllowedError):
        office.service.board()


def test_nobody_approves_what_nobody_has_looked_at(office):
    with acting(PLANNER):
        change = office.desk.propose(proposal())
    with acting(SECOND), pytest.raises(ThresholdRefusedError, match="Auswirkung"):
        office.desk.approve(change)


def test_a_rejection_needs_a_reason_and_is_kept(office):
    change = office.propose()
    with acting(SECOND):
        with pytest.raises(ThresholdRefusedError, match="Grund"):
            office.desk.reject(change, "  ")
        office.desk.reject(change, "Zu niedrig")
    [view] = office.board().history
    assert (view.status, view.decision, view.version) == (Status.REJECTED, "Zu niedrig", None)


def test_only_the_proposer_withdraws(office):
    change = office.propose()
    with acting(SECOND), pytest.raises(ThresholdRefusedError, match="Zurückziehen"):
        office.desk.withdraw(change)
    with acting(PLANNER):
        office.desk.withdraw(change)
    assert office.board().history[0].status is Status.WITHDRAWN


def test_a_proposal_on_levels_that_hold_no_more_is_a_conflict(office):
    first, second = office.propose(), office.propose(levels={**NEW, "warnung": 1.08})
    office.approve(first)
    with pytest.raises(ThresholdConflictError):
        office.approve(second)
    with pytest.raises(ThresholdConflictError):
        office.propose(levels={**NEW, "warnung": 1.10})
    assert office.approve(office.propose(levels={**NEW, "warnung": 1.10}, based_on=1)) == 2


def test_a_decision_is_made_once(office):
    change = office.propose()
    office.approve(change)
    with pytest.raises(ThresholdConflictError, match="Dienst zwei"):
        office.approve(change)
    with pytest.raises(UnknownChangeError):
        office.approve("gibt-es-nicht")


def test_of_two_who_approve_at_once_one_succeeds(office):
    change = office.propose()
    results = []
    barrier = threading.Barrier(2)

    def press(number):
        barrier.wait()
        try:
            results.append(office.approve(change, identity_of(Role.CRISIS, person_id=f"p{number}")))
        except ThresholdConflictError:
            results.append("zu spät")

    threads = [threading.Thread(target=press, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, results)) == ["1", "zu spät"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"levels": {**NEW, "warnung": 0.90}}, "über Voralarm"),
        ({"levels": {**NEW, "warnung": 0.96}}, "mindestens 0,02 m"),
        ({"levels": {**NEW, "alarm": 60.0}}, "60,00 m liegt nicht im Messbereich"),
        ({"levels": {**NEW, "alarm": float("nan")}}, "Alle drei"),
        ({"levels": {"warnung": 1.0}}, "Alle drei"),
        ({"levels": PACK}, "gelten schon"),
        ({"reason": " "}, "begründen"),
        ({"owner": ""}, "verantwortet"),
        ({"target": ("gibt-es-nicht", "", "")}, "gibt es in dieser Region nicht"),
        ({"target": ("iot-nitz", "mayen", "rhein")}, "gibt es in dieser Region nicht"),
        ({"valid_from": NOW - timedelta(days=1)}, "Vergangenheit"),
        ({"valid_from": NOW + timedelta(days=400)}, "höchstens ein Jahr"),
    ],
)
def test_what_is_impossible_is_refused_in_words(office, changes, words):
    with pytest.raises(ThresholdRefusedError, match=words):
        office.propose(**changes)


def test_a_change_waits_for_its_day(office):
    office.approve(office.propose(valid_from=NOW + timedelta(days=2)))
    assert office.level() == PACK["warnung"]
    office.clock.instant = NOW + timedelta(days=2)
    assert office.level() == NEW["warnung"]


def test_the_start_values_of_the_pack_come_back_by_four_eyes(office):
    office.approve(office.propose())
    office.approve(office.propose(levels={}, based_on=1))
    assert office.level() == PACK["warnung"]
    view = next(view for view in office.board().current if view.target == TARGET)
    assert view.newest == 2


def test_levels_of_a_gauge_for_a_place_are_changed_alone(office, region):
    target = ("iot-nitz", "mayen", "nette")
    levels = {"voralarm": 1.2, "warnung": 1.35, "alarm": 1.5}
    office.approve(office.propose(target=target, levels=levels))
    with office.sessions() as session:
        pack = office.book.held(session).applied(region.pack)
    found = {
        row.level: row.value
        for row in pack.pairs
        if (row.gauge_id, row.place_id, row.river_id) == target
    }
    assert found == levels
    assert len(pack.pairs) == len(region.pack.pairs)
    assert office.level() == PACK["warnung"]


def test_the_next_cycle_of_another_process_uses_the_change_and_says_so(office, region):
    cycles = CycleService(
        office.sessions, region, office.clock, "simulated", 100, thresholds=office.book.held
    )
    before = cycles.run()
    office.approve(office.propose())
    after = cycles.run()
    assert (before.parameters[THRESHOLDS], after.parameters[THRESHOLDS]) == ("pack", "1")
    assert before.config_hash != after.config_hash
    with office.sessions() as session:
        network = cycles.network(session)
    assert network.gauges["iot-nitz"].thresholds[State.WARNUNG] == NEW["warnung"]


def test_every_step_is_in_the_audit_log(office):
    office.approve(office.propose())
    with office.sessions() as session:
        entries = [(row.action, row.actor, row.target) for row in audit.newest(session, 10)]
        assert audit.verify(session).broken_at is None
    assert entries == [
        ("threshold-approve", SECOND.actor, "iot-nitz"),
        ("threshold-propose", PLANNER.actor, "iot-nitz"),
    ]


def test_the_effect_is_kept_with_the_proposal(office):
    change = office.propose()
    [view] = office.board().pending
    assert view.effect is not None
    titles = {event.title for event in view.effect.events}
    assert "Juli 2021" in titles
    with office.sessions() as session:
        stored = thresholds.by_id(session, "myk", change)
    assert stored.effect == view.effect.content()
