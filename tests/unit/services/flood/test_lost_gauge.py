"""The nearest gauge is lost in a rise: what stands above speaks, less surely, and it is said."""

import pytest

from services.flood.cycle import run_cycle
from services.flood.model import OUTLOOK_QUANTILES, Series, State
from services.flood.network import build_network
from tests.unit.services.flood.scenario import NOW, NOW_S, nette_pack, rising

NETWORK = build_network(nette_pack())
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
