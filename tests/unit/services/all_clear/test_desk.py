"""An all-clear: given by a person, stored as checked, told to everybody, over with a warning."""

from datetime import timedelta

import pytest

from data import audit, journal
from services.alarms.model import Rule
from services.all_clear.desk import TEXT_MAX, AllClears
from services.all_clear.errors import AllClearRefusedError
from services.all_clear.given import warned_in
from services.all_clear.model import REGION, Area, Duty, Wish
from services.flood.model import LEVELS
from services.people.errors import NotAllowedError
from services.people.identity import acting
from services.people.model import Role
from tests.support import sample_water
from tests.support.sample_alarms import NOW, Room, StandingClock, condition
from tests.support.sample_night import StandingProposer, all_clear
from tests.support.sample_people import identity_of

CRISIS = identity_of(Role.CRISIS)
ALL = tuple(duty.value for duty in Duty)


@pytest.fixture
def told():
    return []


@pytest.fixture
def clears(sessions, region, told):
    clock = StandingClock()
    announce = lambda _session, what: told.append(what)  # noqa: E731
    return AllClears(
        sessions, region, clock, StandingProposer(), ("bereitschaft", "leitung"), announce,
        wall=clock.now,
    )  # fmt: skip


def give(clears, area="nette", text="Das Wasser fällt.", confirmed=ALL, reason=""):
    with acting(CRISIS):
        return clears.give(Wish(area, text, confirmed, reason))


def current(clears):
    with acting(CRISIS):
        return clears.current()


def test_it_is_stored_with_author_text_and_what_was_confirmed(clears):
    give(clears)
    [view] = current(clears)
    assert (view.author, view.text, view.given_at) == (CRISIS.actor, "Das Wasser fällt.", NOW)
    assert len(view.confirmed) == len(Duty)
    assert view.failed == ()


def test_every_group_is_told_once_and_journal_and_audit_know_it(clears, told):
    give(clears)
    assert [item.group for item in told] == ["bereitschaft", "leitung"]
    assert {item.title for item in told} == {"Entwarnung: Nette"}
    with clears.sessions() as session:
        [entry] = journal.search(session, journal.Search(clears.region.region_id, "live"), 10)
        assert audit.newest(session, 1)[0].action == "all-clear"
    assert entry.text.startswith("Entwarnung gegeben für Nette")


def test_without_the_duties_of_people_it_is_refused_and_nobody_is_told(clears, told):
    with pytest.raises(AllClearRefusedError, match="Ortsbegehung"):
        give(clears, confirmed=ALL[1:])
    assert told == []
    assert current(clears) == ()


@pytest.mark.parametrize("text", ["", " ", "x" * (TEXT_MAX + 1)])
def test_a_text_is_needed_and_bounded(clears, text):
    with pytest.raises(AllClearRefusedError, match=str(TEXT_MAX)):
        give(clears, text=text)


def test_against_a_condition_of_the_machine_a_reason_is_needed_and_it_is_marked(clears):
    clears.proposer.is_met = False
    with pytest.raises(AllClearRefusedError, match="nicht bekannt"):
        give(clears)
    with pytest.raises(AllClearRefusedError, match="mindestens 20 Zeichen"):
        give(clears, reason="x" + " " * 40)
    view = give(clears, reason="Sichtprüfung  am Pegel")
    assert view.failed == ("Amtliche Warnungen: nicht bekannt.",)
    assert view.reason == "Sichtprüfung am Pegel"


@pytest.mark.parametrize(
    ("area", "rule", "subject", "is_over"),
    [
        ("nette", Rule.LEVEL, "mayen/nette", True),
        ("nette", Rule.LEVEL, "mayen/nitzbach", False),
        ("__region__", Rule.LEVEL, "mayen/nitzbach", True),
        ("nette", Rule.RISE, "iot-hammesmuehle", True),
        ("nette", Rule.LOST_RISING, "iot-hammesmuehle", True),
        ("nette", Rule.RISE, "iot-nitz", False),
        ("nette", Rule.SILENT, "iot-hammesmuehle", False),
    ],
)
def test_it_holds_until_water_comes_again_in_its_area(clears, area, rule, subject, is_over):
    give(clears, area)
    room = Room(clears.sessions, clears.region, StandingClock(NOW))
    room.after(5, condition(rule=rule, subject=subject))
    assert (current(clears) == ()) is is_over


def test_the_places_of_its_area_that_are_warned_now_are_named_the_gravest_first():
    view, villages = all_clear(), sample_water.situation("flood").villages
    warned = warned_in(view, villages)
    assert {village.river_id for village in warned} == {"nette"}
    ranks = [LEVELS.index(village.state) for village in warned]
    assert ranks == sorted(ranks, reverse=True)
    everywhere = warned_in(all_clear(area=Area(REGION, "Landkreis")), villages)
    assert len(everywhere) > len(warned)
    assert warned_in(view, sample_water.situation("calm").villages) == ()


def test_a_warning_from_before_does_not_end_it_and_it_closes_nothing(clears, sessions, region):
    room = Room(sessions, region, StandingClock(NOW - timedelta(hours=1)))
    room.after(0, condition())
    give(clears)
    assert len(current(clears)) == 1
    with acting(CRISIS):
        assert len(room.service.board().alarms) == 1


def test_in_a_drill_it_says_so_and_stays_there(sessions, region, told):
    clock = StandingClock(began_at=NOW)
    announce = lambda _session, what: told.append(what)  # noqa: E731
    drill = AllClears(sessions, region, clock, StandingProposer(), ("leitung",), announce)
    give(drill)
    assert told[0].is_drill
    assert told[0].title.startswith("ÜBUNG")
    real = AllClears(sessions, region, StandingClock(), StandingProposer())
    assert current(real) == ()


def test_planners_may_not(clears):
    with acting(identity_of(Role.PLANNER)), pytest.raises(NotAllowedError):
        clears.give(Wish("nette", "x", ALL))
