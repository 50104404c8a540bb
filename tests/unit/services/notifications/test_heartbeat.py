"""The heartbeat goes the whole way, is measured, and is nobody's gauge."""

from datetime import timedelta

import pytest

from data import heartbeats, observations, things
from data.engine import writing
from services.alarms.from_health import Vitals, system_conditions
from services.alarms.model import Rule, Standing
from services.alarms.policy import make_policy
from services.health.model import SpoolHealth
from services.ingestion.mapping import rows_by_device
from services.ingestion.spool import Spool
from services.ingestion.writer import SpoolWriter
from services.notifications.beat_figures import quantile, span
from services.notifications.heartbeat import BOX, KEY, SENSOR, STREAM, BeatSource, Heartbeat
from services.people.identity import acting
from services.people.model import Role
from services.quality.receipt import ReceiptFlagger
from services.quality.rules import make_rules
from tests.support.sample_notifications import DOWN, NOW
from tests.support.sample_people import identity_of

SECOND = timedelta(seconds=1)


@pytest.fixture
def chain(office, region, tmp_path):
    """Spool, writer and virtual sensor over the office's store."""
    with office.sessions.begin() as session:
        things.ensure(writing(session), office.region_id, [STREAM])
    spool = Spool(tmp_path / "spool", 1_000_000)
    writer = SpoolWriter(
        office.sessions, spool, rows_by_device([SENSOR]),
        ReceiptFlagger(make_rules(region.pack.gauges, region.quality)),
    )  # fmt: skip
    source = BeatSource(spool, "live", lambda: office.now)

    def beat(outbox, **more):
        source.speak()
        writer.drain()
        office.now += SECOND
        wall = lambda: office.now  # noqa: E731
        Heartbeat(office.sessions, office.region_id, office.drills, outbox, wall, **more)()

    return beat


def view(office):
    with acting(identity_of(Role.CRISIS)):
        return office.view.overview().beat


def test_a_beat_goes_from_the_spool_to_the_configured_address_and_is_measured(office, chain):
    chain(office.outbox)
    office.now += SECOND
    office.work()
    assert [found[:2] for found in office.handed] == [("email", "pruefung@example.org")]
    assert view(office).channel == "email"
    assert view(office).day.p50_s == 2.0
    assert view(office).last_proven_at == NOW + 2 * SECOND


def test_without_an_address_it_ends_in_the_mailbox(office, chain):
    chain(None)
    office.work()
    assert office.handed == []
    assert (view(office).channel, view(office).day.delivered) == (BOX, 1)


def test_in_real_operation_without_an_address_nothing_is_proven(office, chain):
    chain(None, is_live=True)
    office.work()
    assert view(office).last_proven_at is None
    assert (view(office).day.beats, view(office).day.delivered) == (1, 0)


def test_a_beat_that_is_not_delivered_proves_nothing(office, chain):
    office.answers["email"] = [DOWN]
    chain(office.outbox)
    office.work()
    assert view(office).last_proven_at is None
    assert (view(office).day.beats, view(office).day.delivered) == (1, 0)


def test_the_same_beat_is_decided_once(office, chain):
    chain(office.outbox)
    Heartbeat(office.sessions, office.region_id, office.drills, office.outbox)()
    office.work()
    assert len(office.handed) == 1


def test_the_virtual_sensor_is_no_station_for_anybody(office, chain):
    chain(None)
    with office.sessions() as session:
        assert things.streams(session) == []
        assert things.by_key(session, KEY) is None
        assert heartbeats.measured(session, KEY) == NOW
        assert [row.key for row in observations.latest(session)] == [KEY]


def test_old_beats_and_their_readings_are_deleted(office, chain):
    chain(None)
    office.now += timedelta(days=31)
    chain(None)
    with office.sessions() as session:
        found = heartbeats.since(session, office.region_id, NOW)
    assert len(found) == 1


@pytest.mark.parametrize(
    ("age_min", "watched_min", "standing"),
    [(10, 60, Standing.CLEAR), (40, 60, Standing.HOLDS), (None, 10, Standing.UNKNOWN),
     (None, 40, Standing.HOLDS)],
)  # fmt: skip
def test_an_overdue_heartbeat_is_an_alarm_of_the_system(age_min, watched_min, standing):
    vitals = Vitals(
        1.0, watched_min * 60.0, SpoolHealth(0, 0, 1000, None, 0), 0.5,
        None if age_min is None else age_min * 60.0,
    )  # fmt: skip
    found = {item.rule: item for item in system_conditions(vitals, make_policy())}
    assert found[Rule.HEARTBEAT].standing is standing


def test_percentiles_are_values_that_occurred():
    assert quantile([], 0.5) is None
    assert quantile([1.0], 0.99) == 1.0
    assert [quantile([1.0, 2.0, 3.0, 4.0], share) for share in (0.5, 0.95)] == [2.0, 4.0]
    assert span([], NOW).p99_s is None
