"""The host's clock against others: only what the way does not explain counts."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from data import observations, operation, things
from data.observation_rows import ObservationRow
from data.things import StreamRow, ThingRow
from services.alarms.from_health import Vitals, system_conditions
from services.alarms.model import Rule, Severity, Standing
from services.alarms.policy import make_policy
from services.health.model import SpoolHealth
from services.host_clock.check import ClockCheck, found_in, words_of
from services.host_clock.dates import ServerDates
from services.host_clock.kernel import is_synchronised
from services.host_clock.model import SOURCE, ClockFinding, Clocks, in_words
from services.sources.model import Answer, Request

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def check(sessions, region, ahead_s=0.0, server_s=None):
    wall = lambda: datetime.now(UTC) + timedelta(seconds=ahead_s)  # noqa: E731
    return ClockCheck(sessions, region, wall, lambda: server_s, lambda: True)


def uplinks(sessions, region, delays):
    gauges = sorted({row.gauge_id for row in region.sensors if row.observed_property == "stage"})
    now = datetime.now(UTC)
    with sessions.begin() as session:
        wanted = [
            StreamRow(ThingRow(name, name, "gauge", None, None), "stage", "m") for name in gauges
        ]
        things.ensure(session, region.region_id, wanted)
        ids = things.ids(session)
        rows = [
            ObservationRow(
                ids[f"{name}/stage"], now - timedelta(seconds=delay), now, 1.0, 1.0, 1, "", "live"
            )
            for name, delay in zip(gauges, delays, strict=False)
        ]
        observations.upsert(session, rows)


def test_where_nothing_else_is_heard_nothing_is_claimed(sqlite_sessions, region):
    finding = check(sqlite_sessions, region).look()
    assert finding.offsets == {}
    assert finding.worst_s == 0.0


@pytest.mark.postgres
def test_a_clock_beside_that_of_the_database_is_seen(postgres_engine, region):
    from data.engine import make_sessions

    sessions = make_sessions(postgres_engine)
    assert check(sessions, region).look().offsets[Clocks.DATABASE] == 0.0
    assert check(sessions, region, ahead_s=90.0).look().worst_s == pytest.approx(89.5, abs=1.0)


def test_gateways_tell_by_their_quickest_ways_and_late_devices_do_not_hide_it(sessions, region):
    uplinks(sessions, region, [95.0, 96.0, 97.0, 3600.0])
    found = check(sessions, region).look()
    assert found.offsets[Clocks.GATEWAYS] == pytest.approx(90.5, abs=2.0)


def test_devices_that_were_on_their_way_for_seconds_are_no_offset(sessions, region):
    uplinks(sessions, region, [1.0, 2.0, 2.5, 900.0])
    assert check(sessions, region).look().offsets[Clocks.GATEWAYS] == 0.0


def test_two_devices_are_too_few(sessions, region):
    uplinks(sessions, region, [95.0, 96.0])
    assert Clocks.GATEWAYS not in check(sessions, region).look().offsets


def test_what_was_found_is_stored_and_read_back(sqlite_sessions, region):
    found = check(sqlite_sessions, region, server_s=-75.0).look()
    with sqlite_sessions() as session:
        stored = found_in(operation.message(session, SOURCE))
    assert stored == found
    assert stored.offsets == {Clocks.SERVERS: -73.5}
    assert words_of(stored) == ["Server der abgerufenen Quellen: dieser Rechner geht nach, 73,5 s"]


@pytest.mark.parametrize("text", ["", "null", "{}", '{"offsets": {"mars": 1}}', "[1]"])
def test_rubbish_in_the_store_is_no_finding(text):
    assert found_in(text) is None


def test_dates_of_servers_count_by_their_median_and_one_alone_does_not():
    dates = ServerDates(lambda: NOW)
    dates.note(format_datetime(NOW - timedelta(seconds=80), usegmt=True), NOW)
    assert dates.offset_s() is None
    dates.note(format_datetime(NOW - timedelta(seconds=80), usegmt=True), NOW)
    dates.note("gestern", NOW)
    assert dates.offset_s() == pytest.approx(79.5)
    later = ServerDates(lambda: NOW + timedelta(hours=2), dates._seen)
    assert later.offset_s() is None


def test_the_date_of_each_answer_is_noted_when_its_head_came():
    dates = ServerDates(lambda: NOW)
    header = format_datetime(NOW, usegmt=True)
    get = dates.watching(
        lambda request, _known: Answer(request.url, 200, b"", date=header, headed_at=NOW)
    )
    get(Request("https://example.org/a"))
    get(Request("https://example.org/b"))
    assert dates.offset_s() == pytest.approx(-0.5)


def test_the_kernel_answers_or_says_nothing():
    assert is_synchronised() in {True, False, None}


@pytest.mark.parametrize(
    ("finding", "standing", "severity"),
    [
        (None, Standing.UNKNOWN, Severity.HINWEIS),
        (ClockFinding(), Standing.UNKNOWN, Severity.HINWEIS),
        (ClockFinding({Clocks.SERVERS: 1.9}), Standing.CLEAR, Severity.HINWEIS),
        (ClockFinding({Clocks.SERVERS: -2.1}), Standing.HOLDS, Severity.HINWEIS),
        (
            ClockFinding({Clocks.SERVERS: 1.0, Clocks.GATEWAYS: 61.0}),
            Standing.HOLDS,
            Severity.WARNUNG,
        ),
    ],
)
def test_an_offset_is_a_hint_and_from_a_minute_on_a_warning(finding, standing, severity):
    told = conditions(clock=finding)[Rule.CLOCK]
    assert (told.standing, told.severity) == (standing, severity)


def test_the_sentence_names_how_much_which_way_and_what_to_do():
    words = in_words(ClockFinding({Clocks.GATEWAYS: 61.0, Clocks.SERVERS: 1.0}))
    assert words.startswith("Die Uhr des Rechners geht 61 Sekunden vor (Vergleich: Gateways")
    assert "NTP" in words


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({"paper_age_s": 60.0}, Standing.CLEAR),
        ({"paper_age_s": 60.0, "paper_fault": "Platte voll"}, Standing.HOLDS),
        ({"paper_age_s": 2400.0}, Standing.HOLDS),
        ({"paper_age_s": None}, Standing.HOLDS),
        ({"paper_age_s": None, "watched_s": 60.0}, Standing.UNKNOWN),
    ],
)
def test_a_list_that_is_old_or_failed_is_an_alarm(changes, standing):
    assert conditions(**changes)[Rule.PAPER].standing is standing


def conditions(**changes):
    values = {
        "run_age_s": 1.0, "watched_s": 9000.0, "spool": SpoolHealth(0, 0, 100, None, 0),
        "disk_free_share": 0.5, **changes,
    }  # fmt: skip
    return {item.rule: item for item in system_conditions(Vitals(**values), make_policy())}
