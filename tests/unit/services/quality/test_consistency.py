"""Hints from neighbours, rain and drift: said where there is evidence, never without."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from data import quality, things
from data.engine import writing
from data.observation_rows import ObservationRow
from data.observations import upsert
from data.things import stream
from services.quality.consistency import Course, against_rain, drift, still_among, unseen_below
from services.quality.hindsight import Hindsight
from services.quality.rules import make_rules


def course(*values):
    return Course(900.0 * np.arange(len(values)), np.array(values, dtype=float))


RISING = course(1.0, 1.2, 1.6)
STILL = course(1.0, 1.0, 1.0)
NOTHING = course()


def test_a_still_gauge_is_named_only_while_its_neighbours_move():
    assert still_among(STILL, [RISING, RISING, STILL]) == (
        "steht still, während 2 von 3 Nachbarpegeln sich bewegen"
    )
    assert still_among(STILL, [STILL, STILL]) == ""
    assert still_among(STILL, []) == ""
    assert still_among(RISING, [RISING]) == ""
    assert still_among(NOTHING, [RISING]) == ""


def test_a_rise_is_doubted_only_if_neither_rain_nor_the_gauge_below_knows_it():
    assert "unterhalb nicht ankam" in unseen_below(RISING, STILL, 0.0)
    assert unseen_below(RISING, RISING, 0.0) == ""
    assert unseen_below(RISING, STILL, 12.0) == ""
    assert unseen_below(RISING, STILL, None) == ""
    assert unseen_below(RISING, None, 0.0) == ""
    assert unseen_below(STILL, STILL, 0.0) == ""


def test_rain_and_level_contradict_each_other_only_where_rain_is_known():
    assert "ohne Regen" in against_rain(RISING, 0.2)
    assert "ohne jede Reaktion" in against_rain(STILL, 35.0)
    assert against_rain(RISING, None) == ""
    assert against_rain(RISING, 20.0) == ""
    assert against_rain(STILL, 5.0) == ""


@pytest.mark.parametrize(("slope", "word"), [(0.03, "steigt"), (-0.03, "fällt")])
def test_a_drift_is_seen_through_a_recession_that_all_share(slope, word):
    recession = [2.0 - 0.05 * day for day in range(8)]
    own = [value + slope * day for day, value in enumerate(recession)]
    own[3] += 0.9  # one bad day does not matter
    days = range(8)
    said = f"{word} gegen die Nachbarpegel um 3,0 cm am Tag"
    assert drift(days, own, [recession, recession]) == said
    assert drift(days, recession, [recession]) == ""
    assert drift(days[:4], own[:4], [recession[:4]]) == ""
    assert drift(days, own, []) == ""


class At:
    def __init__(self, at):
        self.at = at

    def now(self):
        return self.at


NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def put(sessions, gauge_id, values, received=timedelta(0)):
    """Store levels, the newest first, at the quarters of an hour before NOW."""
    times = [NOW - timedelta(minutes=15 * index) for index in range(len(values))]
    with sessions() as session, session.begin():
        writing(session)
        number = things.ids(session)[f"{gauge_id}/stage"]
        rows = [
            ObservationRow(number, at, at + received, value, value, 1, "", "live")
            for at, value in zip(times, values, strict=True)
        ]
        upsert(session, rows)
    return number


def held(sessions, number):
    with sessions() as session:
        found = quality.standing(session, number, NOW - timedelta(hours=9), NOW)
        flags = {row.flag for row in quality.rows(session, number, NOW - timedelta(1), NOW)}
    return [(row.test, row.flag) for row in found], flags


def test_the_job_keeps_a_hint_leaves_flags_alone_and_takes_it_back(sessions, region):
    rows = [row for row in region.heard.gauges if row.observes == "stage"]
    rivers = [row.river_id for row in rows]
    river = max(set(rivers), key=rivers.count)
    names = [row.gauge_id for row in rows if row.river_id == river]
    with sessions() as session, session.begin():
        wanted = [stream(name, name, "gauge", "stage", "m") for name in names]
        things.ensure(writing(session), region.region_id, wanted)
    falling = [2.0 - 0.1 * index for index in range(10)]
    for name in names[1:]:
        put(sessions, name, falling)
    number = put(sessions, names[0], [1.0] * 10)
    job = Hindsight(sessions, region, make_rules(region.pack.gauges), At(NOW))
    assert job.run().endswith("Hinweise aus dem Vergleich der Pegel")
    job.run()
    assert held(sessions, number) == ([("neighbour", 3)], {1})
    put(sessions, names[0], falling, received=timedelta(hours=1))
    job.run()
    assert held(sessions, number) == ([], {1})


@pytest.mark.parametrize(
    ("m_per_day", "said"), [(0.005, ""), (0.015, "steigt gegen die Nachbarpegel um 1,5 cm am Tag")]
)
def test_a_drift_is_counted_in_days_also_where_every_second_day_is_missing(
    sqlite_sessions, region, m_per_day, said
):
    rows = [row for row in region.heard.gauges if row.observes == "stage"]
    river = max({row.river_id for row in rows}, key=[row.river_id for row in rows].count)
    names = [row.gauge_id for row in rows if row.river_id == river and row.river_km is not None]
    with sqlite_sessions() as session, session.begin():
        wanted = [stream(name, name, "gauge", "stage", "m") for name in names]
        things.ensure(writing(session), region.region_id, wanted)
        ids = things.ids(session)
        times = [NOW - timedelta(days=day, hours=1) for day in (8, 6, 4, 2, 0)]
        for name in names:
            slope = m_per_day if name == names[0] else 0.0
            values = [1.0 + slope * (at - times[0]).days for at in times]
            upsert(
                session,
                [
                    ObservationRow(ids[f"{name}/stage"], at, at, value, value, 1, "", "live")
                    for at, value in zip(times, values, strict=True)
                ],
            )
    Hindsight(sqlite_sessions, region, make_rules(region.pack.gauges), At(NOW)).run()
    with sqlite_sessions() as session:
        begin = NOW - timedelta(hours=9)
        found = quality.standing(session, ids[f"{names[0]}/stage"], begin, NOW)
    assert "".join(row.reason for row in found if row.test == "drift") == said
