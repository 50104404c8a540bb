"""A gauge below another: what is routed to it is part of its forecast."""

from zoneinfo import ZoneInfo

import numpy as np

from services.flood.cycle import run_cycle
from services.flood.gauge_result import gauge_result
from services.flood.gauge_status import Draws, assess_gauge
from services.flood.model import State, WhatIf
from services.flood.network import build_network
from services.flood.states import RANK
from services.flood.wording import Clock
from tests.unit.services.flood.scenario import (
    NOW,
    NOW_S,
    exposure,
    flat,
    gauge,
    minutes,
    pack,
    rising,
    river,
    thresholds,
)

NETWORK = build_network(
    pack(
        rivers=(river("a"),),
        gauges=(gauge("upper", "a", 45.0), gauge("lower", "a", 35.0)),
        thresholds=thresholds("upper") + thresholds("lower"),
        exposures=(exposure("village", "a", 30.0),),
    )
)


def results(readings, **options):
    found = run_cycle(NETWORK, readings, {}, NOW, members=200, **options)
    return {item.gauge_id: item for item in found.gauges}


def highest(result):
    return max(result.band.p50)


def test_a_still_gauge_is_told_the_wave_that_comes_from_above():
    calm = results({"upper": flat(), "lower": flat()})
    wave = results({"upper": rising(0.5, 0.5, hours=3.5), "lower": flat()})

    assert highest(calm["lower"]) < 0.6
    assert highest(wave["lower"]) > 1.0
    assert wave["lower"].p_cross[State.VORALARM] > 0.5
    assert wave["lower"].crossing_p50[State.VORALARM] > NOW + minutes(60)


def test_the_course_begins_at_the_last_reading_of_the_gauge_itself():
    found = results({"upper": rising(0.5, 0.5, hours=3.5), "lower": flat(0.45)})["lower"]

    assert found.band.times[0].timestamp() == NOW_S
    assert abs(found.band.p50[0] - 0.45) < 0.02


def test_the_uppermost_gauge_has_only_its_own_nowcast():
    readings = {"upper": rising(0.5, 0.2), "lower": flat()}
    alone = results({"upper": readings["upper"]})
    both = results(readings)

    assert np.allclose(both["upper"].band.p50, alone["upper"].band.p50)


def test_an_assumed_course_stays_what_was_assumed():
    readings = {"upper": rising(0.5, 0.5, hours=3.5), "lower": flat(0.4)}
    assumed = {"lower": WhatIf("lower", rise_per_h=0.1, hours=2.0)}
    found = results(readings, overrides=assumed)["lower"]

    assert max(found.band.p90) < 0.65


def test_a_silent_gauge_has_no_course_from_above():
    readings = {"upper": rising(0.5, 0.5, hours=3.5), "lower": flat(last=NOW - minutes(90))}
    found = results(readings)["lower"]

    assert found.state is State.UNBEKANNT
    assert found.band is None


def test_what_is_routed_takes_nothing_back_from_a_gauges_own_rise():
    own = {"upper": flat(), "lower": rising(0.5, 0.3, hours=1.0)}
    both = results(own)["lower"]
    status = assess_gauge(NETWORK.gauges["lower"], own["lower"], NOW_S, Draws(200, 0))
    alone = gauge_result(status, Clock(NOW, ZoneInfo("Europe/Berlin")))

    assert alone.p_cross[State.VORALARM] > 0.2
    for level, chance in alone.p_cross.items():
        assert both.p_cross[level] >= chance
    assert RANK[both.state] >= RANK[alone.state]


def test_the_time_of_a_wave_from_above_is_as_unsure_as_at_the_villages():
    wave = results({"upper": rising(0.5, 0.5, hours=3.5), "lower": flat()})["lower"]
    early, late = (found[State.VORALARM] for found in (wave.crossing_p10, wave.crossing_p90))

    assert late - early > minutes(30)
