from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from data import observations, operation, things
from data.engine import make_engine, make_sessions, writing
from data.observations import ObservationRow
from services.clock import SystemClock
from services.errors import StoreUnavailableError
from services.health.service import HealthService, Probe
from services.ingestion.spool import Spool
from services.ingestion.spooled import SpooledMessage

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
PROBE = Probe("redis", lambda: "antwortet nicht")


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path / "spool", 10_000)


@pytest.fixture
def health(sessions, region, spool):
    return HealthService(
        sessions, region, SystemClock(lambda: NOW), spool, (PROBE,), wall=lambda: NOW
    )


def test_checks_name_the_probe_that_fails(health):
    assert [(check.name, check.is_ok) for check in health.checks()] == [
        ("datenbank", True),
        ("redis", False),
    ]


def test_an_old_schema_is_not_ready_and_says_what_to_do(health):
    with health.sessions.begin() as session:
        session.execute(text("update alembic_version set version_num = '0001'"))
    [store, _] = health.checks()
    assert not store.is_ok
    assert "./cockpit db upgrade" in store.message


def test_a_database_that_does_not_answer_is_said_without_its_password(region, spool):
    engine = make_engine("postgresql+psycopg://u:geheim@127.0.0.1:1/x")
    health = HealthService(make_sessions(engine), region, SystemClock(lambda: NOW), spool)
    [store] = health.checks()
    assert not store.is_ok
    assert "geheim" not in store.message
    with pytest.raises(StoreUnavailableError):
        health.freshness()


def test_ages_are_told_of_gauges_and_silence_is_none(health, region):
    with health.sessions.begin() as session:
        writing(session)
        stream = things.stream("iot-nitz", "Nitz", "gauge", "stage", "m")
        things.ensure(session, region.region_id, [stream])
        number = things.ids(session)[stream.key]
        at = NOW - timedelta(minutes=7)
        observations.upsert(session, [ObservationRow(number, at, at, 1.0, 1.0, 1, "", "live")])
        operation.report(session, "ingest", NOW, ok=True)
    found = health.freshness()
    ages = {gauge.gauge_id: gauge.age_s for gauge in found.gauges}
    assert ages["iot-nitz"] == 420.0
    assert ages["iot-bermel"] is None
    assert found.is_stale
    assert found.run_age_s is None
    assert [source.source for source in found.sources] == ["ingest"]


def test_what_waits_in_the_spool_is_told_with_its_age(health, spool):
    assert health.freshness().spool.oldest_age_s is None
    spool.put([SpooledMessage("chirpstack", "t", NOW, b"{}", "live")])
    state = health.freshness().spool
    assert state.files == 1
    assert 0 < state.used_bytes < state.max_bytes
    assert state.oldest_age_s == 0.0
