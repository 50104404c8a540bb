"""The nearest gauge is lost in a rise: what stands above speaks, less surely, and it is said."""

import pytest

from services.flood.cycle import run_cycle
from services.flood.gauge_status import UNJUDGED_SIGMA_M, Draws, assess_gauge
from services.flood.model import OUTLOOK_QUANTILES, Flag, Series, State
from services.flood.network import build_network
from tests.unit.services.flood.scenario import NOW, NOW_S, nette_pack, rising

NETWORK = build_network(nette_pack())
GAUGE = NETWORK.gauges["muehle"]
LOW, HIGH = OUTLOOK_QUANTILES.index(0.1), OUTLOOK_QUANTILES.index(0.9)


def mayen(rate, is_lost):
    own = rising(0.4, rate, hours=2.5)
    kept = own.times_s <= NOW_S - (3600.0 if is_lost else 0.0)
    readings = {
        "nitz": rising(0.4, rate, hours=3.0),
        "falkley": rising(0.4, rate, hours=3.0),
        "muehle": Series(own.times_s[kept], own.values[kept], own.flags[kept]),
    }
    found = run_cycle(NETWORK, readings, {}, NOW, members=500).villages
    return next(item for item in found if item.place_id == "mayen")


def width(result, level):
    quantiles = result.outlook[level].quantiles
    return quantiles[HIGH] - quantiles[LOW]


@pytest.mark.parametrize("rate", [0.3, 0.5])
def test_without_the_nearest_gauge_the_interval_is_wider(rate):
    heard, lost = mayen(rate, is_lost=False), mayen(rate, is_lost=True)

    for level in (State.VORALARM, State.WARNUNG):
        assert width(lost, level) > 1.2 * width(heard, level)


def test_without_the_nearest_gauge_one_further_up_speaks_and_the_loss_is_named():
    lost = mayen(0.5, is_lost=True)

    assert lost.path_kind == "upstream"
    assert lost.confidence == "gering"
    assert any("Muehle" in reason for reason in lost.degraded_reasons)
    assert lost.state is State.ALARM


def test_readings_by_telephone_let_a_lost_gauge_speak_again_less_surely():
    lost = mayen(0.5, is_lost=True)
    told, heard = (muehle(flag) for flag in (Flag.NOT_EVALUATED, Flag.GOOD))

    assert told.driving_gauge == "muehle"
    assert lost.driving_gauge != "muehle"
    assert not any("Muehle" in reason for reason in told.degraded_reasons)
    assert width(told, State.WARNUNG) >= width(heard, State.WARNUNG)


def test_the_level_of_a_value_that_no_test_judged_is_less_sure():
    series = rising(0.4, 0.3, hours=3.0)
    sure, unsure = (
        assess_gauge(GAUGE, with_last(series, flag), NOW_S, Draws(200, 1)).trend
        for flag in (Flag.GOOD, Flag.NOT_EVALUATED)
    )
    assert unsure.level == sure.level
    assert unsure.level_sigma > UNJUDGED_SIGMA_M > sure.level_sigma


def with_last(series, flag):
    flags = series.flags.copy()
    flags[-1] = flag
    return Series(series.times_s, series.values, flags)


def muehle(flag):
    """Mayen with the gauge of the mill lost for an hour, then read once by a person."""
    own = rising(0.4, 0.5, hours=2.5)
    kept = (own.times_s <= NOW_S - 3600.0) | (own.times_s >= NOW_S - 300.0)
    series = with_last(Series(own.times_s[kept], own.values[kept], own.flags[kept]), flag)
    readings = {"nitz": rising(0.4, 0.5, hours=3.0), "muehle": series}
    found = run_cycle(NETWORK, readings, {}, NOW, members=500).villages
    return next(item for item in found if item.place_id == "mayen")
