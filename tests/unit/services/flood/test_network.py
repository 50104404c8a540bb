from dataclasses import replace

import numpy as np
import pytest

from data.region_pack import rows
from services.flood.model import State
from services.flood.network import build_network, planning_minutes
from tests.unit.services.flood.scenario import (
    SOURCE,
    exposure,
    gauge,
    nette_pack,
    pack,
    river,
    thresholds,
)


def village(network, place_id):
    return next(item for item in network.villages if item.place_id == place_id)


def test_paths_run_through_the_confluence_and_come_nearest_first():
    paths = village(build_network(nette_pack()), "mayen").paths

    assert [path.gauge_id for path in paths] == ["muehle", "falkley", "nitz"]
    assert [path.distance_km for path in paths] == pytest.approx([3.3, 12.3, 16.0 + 36.3 - 30.7])


def test_a_gauge_below_or_on_another_branch_gives_no_path():
    network = build_network(nette_pack())

    assert village(network, "weibern").paths == ()
    assert [path.gauge_id for path in village(network, "nitztal").paths] == ["nitz"]


def test_a_gauge_at_the_village_gives_a_path_of_length_zero():
    found = build_network(nette_pack(exposures=(exposure("here", "nette", 34.0),)))

    assert village(found, "here").paths[0].distance_km == 0.0


def test_the_order_of_rows_plays_no_part():
    original = nette_pack()
    shuffled = original
    generator = np.random.default_rng(3)
    for name in ("rivers", "gauges", "thresholds", "exposures"):
        items = getattr(original, name)
        order = generator.permutation(len(items))
        shuffled = replace(shuffled, **{name: tuple(items[i] for i in order)})

    assert build_network(shuffled) == build_network(original)


def test_a_changed_threshold_changes_the_config_hash():
    changed = nette_pack(
        thresholds=thresholds("nitz", (1.0, 1.5, 2.1))
        + thresholds("falkley")
        + thresholds("muehle")
    )

    assert build_network(changed).config_hash != build_network(nette_pack()).config_hash


def test_unexposed_places_and_context_gauges_stay_out():
    network = build_network(
        nette_pack(
            gauges=(gauge("muehle", "nette", 34.0), gauge("rhein", "nette", 50.0, role="context")),
            exposures=(
                exposure("mayen", "nette", 30.7),
                exposure("kehrig", "nette", 20.0, exposed=False),
            ),
        )
    )

    assert set(network.gauges) == {"muehle"}
    assert [item.place_id for item in network.villages] == ["mayen"]


def test_a_gauge_without_thresholds_is_a_gauge_but_no_path():
    network = build_network(nette_pack(thresholds=()))

    assert len(network.gauges) == 3
    assert village(network, "mayen").paths == ()
    assert village(network, "mayen").has_unset_gauge_above
    assert not village(network, "weibern").has_unset_gauge_above


def test_a_pair_row_replaces_the_gauge_thresholds():
    pairs = tuple(
        rows.PairRow(
            gauge_id="muehle", place_id="mayen", river_id="nette", level=level, value=v, **SOURCE
        )
        for level, v in (("voralarm", 0.8), ("warnung", 1.1), ("alarm", 1.4))
    )
    network = build_network(nette_pack(pairs=pairs))

    assert village(network, "mayen").paths[0].levels[State.ALARM] == 1.4
    assert village(network, "trimbs").paths[0].levels[State.ALARM] == 2.0


def test_an_empty_region_gives_an_empty_network():
    network = build_network(pack())

    assert network.gauges == {}
    assert network.villages == ()


def test_rivers_in_a_circle_end_the_search():
    network = build_network(
        pack(
            rivers=(
                river("a", into="b", mouth_km=1.0),
                river("b", into="a", mouth_km=1.0),
                river("c"),
            ),
            gauges=(gauge("g", "a", 5.0),),
            thresholds=thresholds("g"),
            exposures=(exposure("v", "c", 1.0),),
        )
    )

    assert village(network, "v").paths == ()


def test_planning_minutes_take_off_sampling_radio_delivery_and_decision():
    network = build_network(nette_pack())
    mayen, muehle = village(network, "mayen"), network.gauges["muehle"]

    assert planning_minutes(50.0, muehle, mayen) == 50.0 - 15.0 - 5.0 - 15.0
    assert planning_minutes(26.0, muehle, mayen) == 0.0
