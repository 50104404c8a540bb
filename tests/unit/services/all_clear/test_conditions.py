"""Before an all-clear: what is not known is not fulfilled, and a gap in the readings is unknown."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.all_clear.conditions import Known, checks
from services.flood.model import Flag, State
from services.situation.model import Point
from tests.support import sample_water

NOW = sample_water.NOW
GAUGE = replace(sample_water.NITZ, state=State.OK, value=0.5)
CALM = [
    replace(view, state=State.OK, has_gauge_above=True)
    for view in sample_water.situation().villages
]


def points(value=0.5, *, every=15, until=0, flag=Flag.GOOD):
    return tuple(
        Point(NOW - timedelta(minutes=minutes), value, flag)
        for minutes in range(120, until - 1, -every)
    )


def found(**changes):
    values = {
        "now": NOW, "gauges": [GAUGE], "villages": CALM,
        "readings": {GAUGE.gauge_id: points()}, "warnings": [], "has_rain": True,
        "alarms": [], "measures": [], **changes,
    }  # fmt: skip
    return {check.name: check for check in checks(Known(**values))}


def test_where_all_is_calm_and_known_everything_is_met():
    assert all(check.is_met for check in found().values())


@pytest.mark.parametrize(
    ("changes", "name", "words"),
    [
        ({"gauges": [replace(GAUGE, is_silent=True)]}, "Pegel", "Ohne gültigen Wert: Nitz"),
        ({"gauges": []}, "Pegel", "nicht bekannt"),
        ({"warnings": None}, "Regen", "nicht bekannt"),
        ({"warnings": ["STARKREGEN"]}, "Regen", "STARKREGEN"),
        ({"has_rain": False}, "Regen", "nicht bekannt"),
        ({"alarms": ["Warnstufe Mayen"]}, "Alarme", "Warnstufe Mayen"),
        ({"measures": ["Feuerwehr: räumen"]}, "Maßnahmen", "räumen"),
        ({"villages": [replace(CALM[0], state=State.WARNUNG)]}, "Orte", "Noch gewarnt"),
        ({"villages": [replace(CALM[0], state=State.UNBEKANNT)]}, "Orte", "Ohne Aussage"),
    ],
)
def test_what_is_open_or_unknown_is_not_met_and_named(changes, name, words):
    check = found(**changes)[name]
    assert not check.is_met
    assert words in check.words


LEVEL = "Wasserstand seit 60 Minuten"


@pytest.mark.parametrize(
    ("readings", "words"),
    [
        ((), "nicht durchgehend gemessen"),
        (points(until=50), "nicht durchgehend gemessen"),
        (points(flag=Flag.SUSPECT), "nicht durchgehend gemessen"),
        (points(every=60), "nicht durchgehend gemessen"),
        (points(0.95), "über dem Voralarm"),
        ((*points(), Point(NOW, 1.2, Flag.GOOD)), "über dem Voralarm"),
    ],
)
def test_calm_for_an_hour_is_proven_by_readings_without_a_gap(readings, words):
    check = found(readings={GAUGE.gauge_id: readings})[LEVEL]
    assert not check.is_met
    assert words in check.words


def test_a_gauge_without_thresholds_proves_nothing():
    assert not found(gauges=[replace(GAUGE, thresholds=())])[LEVEL].is_met


@given(st.lists(st.floats(0.0, 3.0), min_size=9, max_size=9))
def test_one_value_at_a_level_within_the_hour_is_enough_to_refuse(values):
    series = tuple(
        Point(NOW - timedelta(minutes=15 * (8 - index)), value, Flag.GOOD)
        for index, value in enumerate(values)
    )
    is_met = found(readings={GAUGE.gauge_id: series})[LEVEL].is_met
    assert is_met == all(value < 0.95 for value in values[4:])
