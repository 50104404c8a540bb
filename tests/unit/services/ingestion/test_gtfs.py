"""Timetables: supply of the region's stops, and the gate that withholds what lost too much."""

from datetime import date, timedelta

import pytest

from data import timetables
from services.ingestion.gtfs import mapping
from services.ingestion.gtfs.parser import parse_timetable
from services.ingestion.gtfs_rt import mapping as realtime_mapping
from services.sources.errors import SourceFormatError
from tests.support import gtfs_feed, visits

TODAY = visits.NOW.date()
MONDAY = TODAY + timedelta(days=-TODAY.weekday() % 7)


def near(lat, lon):
    return 50.0 < lat < 50.7 and 6.8 < lon < 7.8


class Feed:
    """Visits to one timetable over a real store."""

    def __init__(self, sessions, region):
        self.sessions = sessions
        self.region = region
        self.entry = visits.entry("gtfs", id="fahrplan")

    def ask(self, question):
        with self.sessions() as session:
            return question(session)

    def deliver(self, files):
        body = gtfs_feed.packed(files) if isinstance(files, dict) else files
        visit = visits.visit(self.entry, self.region, {"": body}, ask=self.ask)
        harvest = mapping.collect(visit)
        with self.sessions.begin() as session:
            harvest.store(session)
        return harvest

    def supply(self):
        return self.ask(lambda session: timetables.supply(session, "fahrplan"))

    def state(self):
        return self.ask(lambda session: timetables.feed(session, "fahrplan"))


@pytest.fixture
def feed(sessions, region):
    return Feed(sessions, region)


def test_departures_are_counted_by_stop_weekday_and_hour():
    found = parse_timetable(gtfs_feed.packed(gtfs_feed.tables(TODAY)), near, TODAY)
    weekdays = {weekday for stop, weekday in found.departures if stop == "s1"}
    assert weekdays == {0, 1, 2, 3, 4}
    assert sum(found.departures["s1", 0].values()) == 32
    assert set(found.departures["s1", 0]) == set(range(6, 22))
    assert "fern" not in found.stops
    assert found.version == "v1"
    assert found.valid_to == max(
        TODAY + timedelta(days=n) for n in range(61) if (TODAY + timedelta(days=n)).weekday() < 5
    )


def test_a_holiday_in_one_week_does_not_lower_the_numbers():
    files = gtfs_feed.tables(TODAY)
    lost = "".join(f"werktags,{MONDAY + timedelta(days=n):%Y%m%d},2\n" for n in range(5))
    files["calendar_dates.txt"] += lost
    found = parse_timetable(gtfs_feed.packed(files), near, TODAY)
    assert sum(found.departures["s1", 0].values()) == 32


def test_a_first_delivery_is_stored_with_its_trips(feed):
    harvest = feed.deliver(gtfs_feed.tables(TODAY))
    assert harvest.notes == ()
    supply = {(row.stop_id, row.weekday): row for row in feed.supply()}
    assert supply["s1", 0].departures == 32
    assert bin(supply["s1", 0].hours).count("1") == 16
    assert ("s1", 6) not in supply
    known = feed.ask(lambda session: timetables.known_trips(session, "fahrplan", ["t0-0", "x"]))
    assert known == {"t0-0"}


def test_a_delivery_that_lost_95_percent_is_withheld_and_the_old_numbers_stay(feed):
    files = gtfs_feed.tables(TODAY)
    feed.deliver(files)
    before = feed.supply()
    head, *calls = files["stop_times.txt"].splitlines()
    files["stop_times.txt"] = "\n".join([head, *calls[: len(calls) // 20]])
    harvest = feed.deliver(files)
    assert harvest.notes[0].startswith("Zahlen werden zurückgehalten: 95 % der Halte fehlen")
    assert "Haltestellen der Region fehlen" in harvest.notes[0]
    assert feed.supply() == before
    state = feed.state()
    assert state.is_withheld
    assert state.accepted["stop_times"] == len(calls)
    again = feed.deliver(gtfs_feed.tables(TODAY))
    assert again.notes == ()
    assert not feed.state().is_withheld


def test_an_expired_timetable_and_one_without_the_region_are_withheld(feed):
    old = gtfs_feed.tables(TODAY - timedelta(days=400))
    assert "abgelaufen" in feed.deliver(old).notes[0]
    far = gtfs_feed.tables(TODAY)
    far["stops.txt"] = far["stops.txt"].replace("50.3", "53.3")
    assert "kein Halt der Region" in feed.deliver(far).notes[0]
    assert feed.supply() == []


def test_orphans_doubles_and_stops_at_null_are_named(feed):
    files = gtfs_feed.tables(TODAY)
    files["stops.txt"] += "\ns1,Halt doppelt,50.3,7.2\nnull,Null,0.0,0.0\nohne,Ohne,x,y"
    files["stop_times.txt"] += "\nunbekannt,7:00:00,7:00:00,s1,0"
    notes = feed.deliver(files).notes
    assert [note.split(" ", 1)[0] for note in notes] == ["1", "1", "1", "1"]
    assert any("mehrfach" in note for note in notes)
    many = [f"\nunbekannt{n},7:00:00,7:00:00,s1,0" for n in range(400)]
    files["stop_times.txt"] += "".join(many)
    assert "gehören zu keiner bekannten Fahrt" in feed.deliver(files).notes[0]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"PK\x03\x04kaputt",
        gtfs_feed.packed({"stops.txt": "stop_id\na"}),
        gtfs_feed.packed({**gtfs_feed.tables(TODAY), "stop_times.txt": b"\xff\xfe\x00trip"}),
        gtfs_feed.packed({**gtfs_feed.tables(TODAY), "trips.txt": "trip_id,service_id\n"}),
        gtfs_feed.packed({**gtfs_feed.tables(TODAY), "bombe.txt": "0" * 50_000_000}),
        gtfs_feed.packed({**gtfs_feed.tables(TODAY), "trips.txt": "trip_id,service_id\na,b,c,d\n"}),
    ],
    ids=["empty", "page", "no zip", "no trips", "no text", "no rows", "bomb", "too many columns"],
)
def test_what_is_no_timetable_is_refused_with_a_reason(body):
    with pytest.raises(SourceFormatError) as caught:
        parse_timetable(body, near, TODAY)
    assert len(str(caught.value)) > 5


def test_realtime_is_matched_against_the_timetable_and_told_in_figures(feed, region):
    feed.deliver(gtfs_feed.tables(TODAY))
    delays = {f"t0-{n}": 60 * n for n in range(10)} | {"fremd": 9000, "t1-0": None}
    body = gtfs_feed.realtime(int(visits.NOW.timestamp()) - 30, delays, vehicles=3)
    entry = visits.entry("gtfs-rt", {"timetable": "fahrplan"}, id="echtzeit")
    harvest = realtime_mapping.collect(visits.visit(entry, region, {"": body}, ask=feed.ask))
    values = {row.datastream_key.partition("/")[2]: row.value for row in harvest.readings}
    assert values["trips_reported"] == 12
    assert values["vehicles_reported"] == 3
    assert values["trips_matched"] == pytest.approx(100 * 11 / 12, abs=1e-4)
    assert values["delay_median"] == 5.0
    assert values["delay_p90"] == 9.0
    assert harvest.notes == ()


def test_realtime_of_another_timetable_is_said(feed, region):
    feed.deliver(gtfs_feed.tables(TODAY))
    body = gtfs_feed.realtime(int(visits.NOW.timestamp()), {"a": 5, "b": 6})
    entry = visits.entry("gtfs-rt", {"timetable": "fahrplan"}, id="echtzeit")
    harvest = realtime_mapping.collect(visits.visit(entry, region, {"": body}, ask=feed.ask))
    assert "nur 0 % der 2 gemeldeten Fahrten" in harvest.notes[0]
    assert "delay_median" not in {r.datastream_key.partition("/")[2] for r in harvest.readings}


def test_hours_after_midnight_belong_to_their_service_day():
    files = gtfs_feed.tables(date(2023, 7, 26))
    files["stop_times.txt"] += "\nt0-0,25:10:00,25:10:00,s5,9"
    found = parse_timetable(gtfs_feed.packed(files), near, TODAY)
    assert found.departures["s5", 0][1] == 1
