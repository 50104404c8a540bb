"""Events of drills: named, random and recorded ones become messages and a truth."""

from datetime import UTC, datetime, timedelta

import pytest

from bench.uplink import live_pack
from data import drill_copy, impact_versions, observations, people, recipients, things
from data.engine import make_engine, make_sessions
from data.observation_rows import ObservationRow
from data.schema import upgrade
from services.drills import preparing
from services.drills.errors import DrillRefusedError
from services.drills.event import NoDrillError, event_in, keep, messages_in, with_event
from services.drills.twins import twins
from services.people.model import Role
from services.people.sign_in import account
from services.region import open_region, with_sensors
from services.simulation.player import messages_of
from tests.support.sample_notifications import recipient

START = datetime(2026, 11, 27, 6, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def july(region):
    return preparing.named(region, "2021-07")


def test_a_named_event_sends_what_the_demonstration_sends(region, july):
    assert list(july.messages) == messages_of(region, region.scenarios["2021-07"])


def test_the_truth_names_when_each_level_was_reached_in_order(july):
    mayen = july.event.reached["mayen/nette"]
    assert mayen["voralarm"] <= mayen["warnung"] <= mayen["alarm"]
    assert july.event.came("mayen/nette", "alarm") == mayen["alarm"]
    assert july.event.came("gibt/es-nicht", "alarm") is None


def test_a_random_flood_is_the_same_for_the_same_number_and_reaches_somebody(region):
    one, two = preparing.random(region, 7), preparing.random(region, 7)
    assert one.messages == two.messages
    assert any("alarm" in levels for levels in one.event.reached.values())


def test_an_event_comes_back_from_its_folder_and_marks_the_region(region, july, tmp_path):
    keep(tmp_path, july.event, july.messages[:5])
    assert event_in(tmp_path) == july.event
    assert tuple(messages_in(tmp_path)) == july.messages[:5]
    marked = with_event(region, tmp_path)
    assert marked.pack.info.name.startswith("ÜBUNG")
    assert list(marked.scenarios) == ["2021-07"]
    assert marked.network is region.network


def test_a_gauge_with_a_real_sensor_alone_speaks_through_a_twin(region, tmp_path):
    real = live_pack(tmp_path / "pack")
    bare = open_region(real, simulated=True)
    assert bare.connected == frozenset()
    added = twins(bare, bare.pack.sensors)
    speaking = with_sensors(bare, added)
    assert speaking.connected == region.connected
    found = preparing.named(speaking, "2021-07")
    event = found.event.model_copy(update={"twins": added})
    keep(tmp_path, event, found.messages)
    assert with_event(bare, tmp_path).connected == region.connected


def test_a_folder_without_an_event_says_how_to_begin(tmp_path):
    with pytest.raises(NoDrillError) as refused:
        event_in(tmp_path)
    assert "drill start" in refused.value.user_message


def heard(sessions, region, values):
    """Store (minutes after START taken, minutes after START heard, value) of one gauge."""
    gauge_id = sorted(region.connected)[0]
    with sessions.begin() as session:
        wanted = [things.stream(gauge_id, "G", "gauge", "stage", "m")]
        things.ensure(session, region.region_id, wanted)
        number = things.ids(session)[f"{gauge_id}/stage"]
    for taken, received, value in values:
        at, result = (START + timedelta(minutes=each) for each in (taken, received))
        row = ObservationRow(number, at, result, value, value * 100, 1, "", "live")
        with sessions.begin() as session:
            observations.upsert(session, [row])
    return gauge_id


def test_a_recording_plays_what_was_first_heard_when_it_was_heard(sessions, region):
    gauge_id = heard(sessions, region, [(0, 1, 0.5), (15, 75, 0.6), (30, 31, 0.7), (0, 90, 9.9)])
    with sessions() as session:
        found = preparing.recorded(region, session, START, START + timedelta(hours=2))
    minutes = [(item.received_at - START).total_seconds() / 60 for item in found.messages]
    assert minutes == [1, 31, 75]
    assert b"9.9" not in b"".join(item.body for item in found.messages)
    assert found.event.reached is None
    assert gauge_id not in found.event.left_out
    assert found.event.left_out


@pytest.mark.parametrize(
    ("hours", "why"), [(-1, "höchstens 7 Tage"), (24 * 8, "höchstens 7 Tage"), (5, "aufgezeichnet")]
)
def test_a_recording_that_cannot_be_is_refused_with_the_reason(sqlite_sessions, region, hours, why):
    with sqlite_sessions() as session, pytest.raises(DrillRefusedError, match=why):
        preparing.recorded(region, session, START, START + timedelta(hours=hours))


def entered(region):
    row = region.pack.impacts[0].model_dump(exclude={"confidence"})
    return impact_versions.Entered(
        **row,
        deed=impact_versions.REMOVED,
        reason="Schule ist umgezogen",
        entered_at=START,
        entered_by="Planung",
    )


def test_accounts_and_impacts_are_copied_and_recipients_are_not(sessions, region, tmp_path):
    person = account("leitung", "Leitung", Role.ADMIN, START, "hash")
    with sessions.begin() as session:
        people.add(session, person)
        people.replace_codes(session, person.person_id, ["a" * 64])
        recipients.add(session, "myk", [recipient(1)])
        impact_versions.add(session, region.region_id, entered(region))
    engine = make_engine(f"sqlite:///{tmp_path / 'drill.sqlite'}")
    upgrade(engine)
    target_sessions = make_sessions(engine)
    with sessions() as source, target_sessions.begin() as target:
        assert drill_copy.copy(source, target) == 3
    with target_sessions() as session:
        assert people.by_login(session, "leitung") == person
        assert people.use_code(session, person.person_id, "a" * 64)
        assert recipients.count(session, "myk") == 0
        [impact] = impact_versions.newest(session, region.region_id).values()
        assert impact.reason == "Schule ist umgezogen"
    engine.dispose()


def test_nothing_that_reaches_people_or_tells_of_them_is_on_the_list():
    copied = {table.__tablename__ for table in drill_copy.COPIED}
    kept_out = {"recipients", "person_sessions", "sign_in_locks", "alarms", "journal", "audit",
                "outbox", "drill_messages", "heartbeats"}  # fmt: skip
    assert copied.isdisjoint(kept_out)
