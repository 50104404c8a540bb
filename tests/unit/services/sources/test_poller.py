"""Visits: state kept, failures apart, once for all hosts, validators only after storing."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import InterfaceError, OperationalError

from data import leases, observations, source_polls
from data.models import Lease
from services.quality.receipt import ReceiptFlagger
from services.quality.rules import make_rules
from services.sources.errors import NotModified, SourceFormatError, SourceUnavailableError
from services.sources.fetcher import VISIT_S
from services.sources.model import Answer, Harvest, Request, Validators
from services.sources.poller import Poller
from services.sources.runner import AT_ONCE, SourceRunner
from tests.support.visits import NOW, URL, entry, with_sources

PATIENCE_S = 60.0
OPTIONS = {"station_id": "10506", "name": "Station", "lat": 50.36, "lon": 6.87}


class Clock:
    def __init__(self):
        self.at = NOW

    def __call__(self):
        return self.at


class Network:
    """Answers with a body and validators; notes the validators that came along."""

    def __init__(self):
        self.seen = []

    def __call__(self, request, validators):
        self.seen.append(validators)
        if validators.etag == "new":
            raise NotModified
        return Answer(request.url, 200, b"body", Validators("new", "today"))


def harvests(visit):
    visit.fetch(Request(URL, is_conditional=True))
    return Harvest(items=3, newest_at=NOW, notes=("Hinweis",))


def fails(error):
    def collect(_visit):
        raise error

    return collect


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def network():
    return Network()


@pytest.fixture
def make(sessions, region, clock, network):
    def build(collectors=None, sources=None, holder="host-1"):
        found = sources or [entry("dwd-station", OPTIONS)]
        return Poller(
            sessions=sessions,
            region=with_sources(region, *found),
            flagger=ReceiptFlagger(make_rules(region.pack.gauges)),
            collectors=collectors or {"dwd-station": harvests},
            get=network,
            now=clock,
            holder=holder,
            chance=lambda: 0.5,
        )

    return build


def state(sessions, region, source_id="quelle"):
    with sessions() as session:
        return source_polls.get(session, region.region_id, source_id)


@pytest.fixture
def state_now(sessions, region):
    return lambda: state(sessions, region)


def test_a_visit_keeps_when_it_succeeded_and_when_the_next_is_due(make, sessions, region):
    poller = make()
    assert [item.id for item in poller.due()] == ["quelle"]
    poller.visit(poller.region.sources[0])
    found = state(sessions, region)
    assert (found.success_at, found.items, found.newest_at) == (NOW, 3, NOW)
    assert found.next_at == NOW + timedelta(minutes=15)
    assert (found.etag, found.message, found.http_status) == ("new", "Hinweis", 200)
    assert poller.due() == []


def test_an_unchanged_body_is_a_success_and_keeps_what_is_known(make, clock, sessions, region):
    poller = make()
    poller.visit(poller.region.sources[0])
    clock.at = NOW + timedelta(minutes=20)
    poller.visit(poller.region.sources[0])
    found = state(sessions, region)
    assert (found.success_at, found.http_status) == (clock.at, 304)
    assert (found.items, found.etag) == (3, "new")


def test_validators_are_not_kept_when_the_body_could_not_be_stored(make, sessions, region):
    def breaks(visit):
        harvest = harvests(visit)

        def store(_session):
            raise ValueError("bug")

        return replace(harvest, store=store)

    poller = make({"dwd-station": breaks})
    poller.visit(poller.region.sources[0])
    found = state(sessions, region)
    assert (found.etag, found.failures, found.success_at) == ("", 1, None)


def test_other_options_read_the_body_anew(make, clock, network):
    poller = make()
    poller.visit(poller.region.sources[0])
    clock.at = NOW + timedelta(minutes=20)
    changed = make(sources=[entry("dwd-station", {**OPTIONS, "name": "Anders"})])
    changed.visit(changed.region.sources[0])
    assert network.seen[-1] == Validators()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (SourceFormatError("sie ist leer"), "nicht lesbar: sie ist leer"),
        (SourceUnavailableError("Status 503", status=503), "Status 503"),
        (ZeroDivisionError("bug"), "Interner Fehler"),
    ],
)
def test_a_failure_is_kept_with_its_reason_and_waits_longer(
    make, clock, state_now, error, words, caplog
):
    poller = make({"dwd-station": fails(error)})
    for count, wait in ((1, 15), (2, 30)):
        poller.visit(poller.region.sources[0])
        found = state_now()
        assert words in found.message
        assert (found.failures, found.success_at) == (count, None)
        assert found.next_at == clock.at + timedelta(minutes=wait)
        clock.at = found.next_at
    assert caplog.records


def test_a_retry_after_is_respected(make, sessions, region):
    error = SourceUnavailableError("Status 429", status=429, retry_after=timedelta(hours=2))
    poller = make({"dwd-station": fails(error)})
    poller.visit(poller.region.sources[0])
    assert state(sessions, region).next_at == NOW + timedelta(hours=2)
    assert state(sessions, region).http_status == 429


def test_a_failing_source_does_not_stop_the_others(make, sessions, region, stop):
    def collect(visit):
        if visit.entry.id == "schlecht":
            raise ZeroDivisionError
        return Harvest(items=1)

    sources = [entry("dwd-station", OPTIONS, id=name) for name in ("schlecht", "gut", "auch-gut")]
    poller = make({"dwd-station": collect}, sources)
    runner = SourceRunner(poller, stop)
    assert runner.start_due() == 3
    assert eventually(lambda: not runner.is_busy())
    assert state(sessions, region, "gut").items == 1
    assert state(sessions, region, "auch-gut").items == 1
    assert state(sessions, region, "schlecht").failures == 1


@pytest.fixture
def stop():
    return threading.Event()


def eventually(is_so):
    pause = threading.Event()
    for _ in range(int(PATIENCE_S / 0.02)):
        if is_so():
            return True
        pause.wait(0.02)
    return False


def test_slow_sources_hold_up_no_other_and_are_not_visited_twice(make, clock, stop):
    gate = threading.Event()
    visits = []

    def collect(visit):
        visits.append(visit.entry.id)
        if visit.entry.id.startswith("langsam"):
            assert gate.wait(PATIENCE_S)
        return Harvest(items=1)

    names = [*(f"langsam-{number}" for number in range(AT_ONCE - 1)), "warnungen"]
    sources = [entry("dwd-station", OPTIONS, id=name) for name in names]
    runner = SourceRunner(make({"dwd-station": collect}, sources), stop)
    assert runner.start_due() == AT_ONCE
    assert eventually(lambda: len(visits) == AT_ONCE)
    for round_number in range(1, 4):
        clock.at += timedelta(minutes=20)
        assert eventually(lambda: runner.start_due() == 1)
        assert eventually(lambda count=1 + round_number: visits.count("warnungen") == count)
    assert runner.is_busy()
    gate.set()
    assert eventually(lambda: not runner.is_busy())
    assert sorted(set(visits)) == sorted(names)
    assert all(visits.count(name) == 1 for name in names[:-1])


def test_no_more_than_some_sources_are_visited_at_once_and_the_longest_waiting_goes_first(
    make, clock, stop
):
    gate = threading.Event()
    visits = []

    def collect(visit):
        visits.append(visit.entry.id)
        assert gate.wait(PATIENCE_S)
        return Harvest()

    sources = [entry("dwd-station", OPTIONS, id=f"q{number}") for number in range(AT_ONCE + 1)]
    poller = make({"dwd-station": lambda _visit: Harvest()}, sources)
    poller.visit(sources[0])
    clock.at += timedelta(minutes=20)
    poller = make({"dwd-station": collect}, sources)
    assert [item.id for item in poller.due()][-1] == "q0"
    runner = SourceRunner(poller, stop)
    assert runner.start_due() == AT_ONCE
    assert eventually(lambda: len(visits) == AT_ONCE)
    assert runner.start_due() == 0
    assert "q0" not in visits
    gate.set()
    assert eventually(lambda: runner.start_due() == 1)
    assert eventually(lambda: visits[-1] == "q0")
    assert eventually(lambda: not runner.is_busy())


def test_a_visit_with_many_slow_requests_ends_and_says_why(make, state_now):
    seconds = [0.0]

    def collect(visit):
        for _ in range(100):
            visit.fetch(Request(URL))
            seconds[0] += 45.0
        return Harvest()

    poller = replace(make({"dwd-station": collect}), seconds=lambda: seconds[0])
    poller.visit(poller.region.sources[0])
    assert seconds[0] <= VISIT_S + 45.0
    assert "länger als 5 Minuten" in state_now().message


def test_a_visit_longer_than_its_lease_stays_with_its_host(make, sessions, monkeypatch, clock):
    monkeypatch.setattr("services.sources.poller.LEASE", timedelta(milliseconds=60))

    def collect(_visit):
        clock.at += timedelta(minutes=10)

        def lease():
            with sessions() as session:
                return session.scalar(select(Lease.until_at))

        assert eventually(lambda: lease() > clock.at)
        assert other.visit(other.region.sources[0]) is None
        return Harvest(items=1)

    one, other = make({"dwd-station": collect}), make({"dwd-station": collect}, holder="host-2")
    assert one.visit(one.region.sources[0]).items == 1


@pytest.mark.parametrize("kind", [OperationalError, InterfaceError])
def test_the_loop_outlives_a_database_that_is_away(stop, caplog, kind):
    class Down:
        def due(self):
            stop.set()
            raise kind("select", {}, Exception("weg"))

    SourceRunner(Down(), stop).run_forever()
    assert "Quellen warten" in caplog.text


def test_two_hosts_visit_a_source_once(make, sessions, clock):
    visits = []

    def collect(visit):
        visits.append(visit.entry.id)
        assert other.visit(other.region.sources[0]) is None
        return Harvest()

    one, other = make({"dwd-station": collect}), make({"dwd-station": collect}, holder="host-2")
    assert one.visit(one.region.sources[0]) is not None
    assert other.visit(other.region.sources[0]) is None
    assert visits == ["quelle"]
    clock.at = NOW + timedelta(minutes=20)
    with sessions() as session, session.begin():
        assert leases.acquire(session, "source/myk/quelle", "x", clock.at, timedelta(minutes=1))


def test_a_source_that_is_off_or_sends_by_itself_is_not_visited(make):
    options = {
        "mappings": [
            {"entity_type": "A", "attribute": "a", "observed_property": "stage", "unit": "m"}
        ]
    }
    sources = [
        entry("dwd-station", OPTIONS, enabled=False),
        entry("ngsi-ld", options, id="gesendet"),
    ]
    assert make(sources=sources).due() == []


def test_a_lease_that_ran_out_may_be_taken_over(sessions):
    minute = timedelta(minutes=1)
    with sessions() as session, session.begin():
        assert leases.acquire(session, "job", "a", NOW, minute)
        assert not leases.acquire(session, "job", "b", NOW, minute)
        assert leases.acquire(session, "job", "a", NOW, minute)
        assert leases.acquire(session, "job", "b", NOW + minute, minute)
        leases.release(session, "job", "a")
        assert not leases.acquire(session, "job", "a", NOW + minute, minute)
        leases.release(session, "job", "b")
        assert leases.acquire(session, "job", "a", NOW + minute, minute)


def test_nothing_changes_when_the_same_is_stored_twice(make, clock, sessions, region):
    from services.ingestion.dwd_station import mapping

    body = (
        b"surface observations;Parameter description;relative_humidity\n10506;Unit;%\n"
        b"Datum;Uhrzeit (UTC);Relative Feuchte\n26.07.23;17:00;88,5\n26.07.23;16:00;140\n"
    )
    poller = replace(
        make({"dwd-station": mapping.collect}),
        get=lambda request, _known: Answer(request.url, 200, body),
    )
    for minutes in (0, 20):
        clock.at = NOW + timedelta(minutes=minutes)
        assert poller.visit(poller.region.sources[0]).items == 2
    with sessions() as session:
        [latest] = [row for row in observations.latest(session) if row.key.startswith("dwd-")]
        assert (latest.value, latest.result_time, latest.origin) == (88.5, NOW, "live")
        rows = observations.window(session, 1, NOW - timedelta(hours=3), NOW)
    assert [(value, flag) for _, value, flag in rows] == [(140.0, 4), (88.5, 1)]
