"""Comparisons made again over a period: hints with test and reason, no flag is touched."""

from datetime import UTC, datetime, timedelta

import pytest

from data import quality, things
from data.engine import writing
from data.observation_rows import ObservationRow
from data.observations import upsert
from data.quality import FindingRow
from data.things import stream
from services.quality.past_hints import BLOCK, HintReport, PastHints
from services.quality.rules import make_rules
from services.quality.service import QualityService

pytestmark = pytest.mark.usefixtures("as_planner")

START = datetime(2026, 3, 1, tzinfo=UTC)
NOW = START + timedelta(days=40)
STEP = timedelta(hours=1)
DAY = timedelta(days=1)
HINTS = ("neighbour", "rain", "drift")


class Now:
    def now(self):
        return NOW


class Store:
    """The gauges of the river that has most of them."""

    def __init__(self, sessions, region):
        self.sessions, self.region = sessions, region
        rows = [row for row in region.heard.gauges if row.observes == "stage"]
        rivers = [row.river_id for row in rows]
        river = max(set(rivers), key=rivers.count)
        self.names = [row.gauge_id for row in rows if row.river_id == river]
        self.rules = make_rules(region.pack.gauges)
        with sessions.begin() as session:
            wanted = [stream(name, name, "gauge", "stage", "m") for name in self.names]
            wanted.append(stream(self.names[0], self.names[0], "gauge", "rain", "mm"))
            things.ensure(writing(session), region.region_id, wanted)
            self.ids = things.ids(session)

    @property
    def past(self):
        return PastHints(self.sessions, self.region, self.rules)

    def key(self, index=0):
        return f"{self.names[index]}/stage"

    def put(self, key, level, days):
        number = self.ids[key]
        times = [START + STEP * index for index in range(24 * days)]
        rows = [ObservationRow(number, at, at, level(at), level(at), 1, "", "live") for at in times]
        with self.sessions.begin() as session:
            upsert(writing(session), rows)

    def hints(self, index=0):
        with self.sessions() as session:
            found = quality.standing(session, self.ids[self.key(index)], START, NOW, HINTS)
        return [(row.test, row.start_at, row.end_at, row.reason) for row in found]

    def run(self, key="", days=30, **how):
        return self.past.run(key, (START, START + days * DAY), NOW, **how)


@pytest.fixture
def store(sessions, region):
    return Store(sessions, region)


def waves(at):
    """Rise and fall by a metre every two days, on a steady mean."""
    return 1.0 + abs((at - START) % (2 * DAY) - DAY) / DAY


def test_a_gauge_that_stood_still_for_a_day_has_one_hint_with_its_period(store):
    still_from, still_to = START + 12 * DAY, START + 13 * DAY
    for name in store.names[1:]:
        store.put(f"{name}/stage", waves, 20)
    store.put(store.key(), lambda at: 2.0 if still_from <= at < still_to else waves(at), 20)
    found = store.run(store.key())
    [(_, start, end, reason)] = [item for item in store.hints() if item[0] == "neighbour"]
    assert found.found == len(store.hints())
    assert still_from <= start < still_from + timedelta(hours=6)
    assert still_to - timedelta(hours=2) <= end <= still_to
    assert "steht still, während" in reason
    with store.sessions() as session:
        rows = quality.rows(session, store.ids[store.key()], START, NOW)
    assert {(row.flag, row.flag_reason) for row in rows} == {(1, "")}


def test_a_drift_over_blocks_is_one_hint_and_twice_changes_nothing(store):
    for name in store.names[1:]:
        store.put(f"{name}/stage", waves, 30)
    store.put(store.key(), lambda at: waves(at) + 0.03 * ((at - START) / DAY), 30)
    assert timedelta(days=30) > 2 * BLOCK
    first = store.run()
    drifts = [item for item in store.hints() if item[0] == "drift"]
    assert len(drifts) == 1
    assert drifts[0][3] == "steigt gegen die Nachbarpegel um 3,0 cm am Tag"
    assert drifts[0][2] - drifts[0][1] > timedelta(days=20)
    before = store.hints()
    again = store.run()
    assert (again.found, again.withdrawn) == (first.found, 0)
    assert store.hints() == before


def test_a_hint_that_the_data_no_longer_bear_out_is_taken_back_unless_nobody_can_tell(store):
    for name in store.names:
        store.put(f"{name}/stage", waves, 20)
    number = store.ids[store.key()]
    at = START + 5 * DAY
    rows = [
        FindingRow(number, at, at + STEP, test, 3, "von damals", "qc", at)
        for test in ("neighbour", "rain")
    ]
    with store.sessions.begin() as session:
        quality.keep(writing(session), rows)
    assert store.run(dry_run=True).withdrawn == 1
    assert [test for test, *_ in store.hints()] == ["neighbour", "rain"]
    assert store.run().withdrawn == 1
    assert [test for test, *_ in store.hints()] == ["rain"], "no rain data: nobody can tell"


def test_rain_without_any_reaction_is_a_hint(store):
    for name in store.names:
        store.put(f"{name}/stage", lambda _at: 1.0, 3)
    wet = START + 2 * DAY
    store.put(f"{store.names[0]}/rain", lambda at: 30.0 if at == wet else 0.0, 3)
    store.run(days=3)
    [(test, _, _, reason)] = store.hints()
    assert (test, reason) == ("rain", "Regen ohne jede Reaktion des Wasserstands")


def test_the_newest_hours_are_left_to_the_job_of_operation(store):
    assert store.past.run("", (NOW - STEP, NOW + DAY), NOW).found == 0


def test_reprocessing_tells_hints_beside_flags(store):
    for name in store.names[1:]:
        store.put(f"{name}/stage", waves, 10)
    store.put(store.key(), lambda _at: 2.0, 10)
    service = QualityService(store.sessions, store.rules, Now(), wall=Now().now, hints=store.past)
    report = service.reprocess(store.key(), START, START + 10 * DAY)
    assert (report.seen, report.changed) == (240, 0)
    assert report.hints.found == len(store.hints()) > 0
    assert "neighbour" in {test for test, *_ in store.hints()}
    assert HintReport(1, 2).sentence == (
        "Vergleich mit Nachbarpegeln und Regen: ein Hinweis, 2 frühere gelten nicht mehr. "
        "Hinweise ändern kein Kennzeichen."
    )
    assert HintReport().sentence == ""
