from itertools import permutations

import pytest

from services.flood.reach_graph import REACH_KM, Site, area_km2, build_systems, upstream_km2
from tests.unit.services.flood.scenario import pack, river

RIVERS = (
    river("nette", 55.0),
    river("nitz", 26.0, "nette", 36.3),
    river("krufter", 12.0, "nette", 8.0),
    river("elz", 58.0),
)
GAUGES = (
    Site("nitz", "nitz", 16.0),
    Site("falkley", "nette", 43.0),
    Site("muehle", "nette", 34.0),
)
VILLAGES = (
    Site("weibern", "nette", 48.0),
    Site("mayen", "nette", 30.7),
    Site("nitztal", "nitz", 3.0),
)


def systems(rivers=RIVERS, gauges=GAUGES, villages=VILLAGES):
    return build_systems(pack(rivers=rivers), gauges, villages)


def only(**changes):
    (found,) = systems(**changes)
    return found


def test_rivers_that_drain_to_one_outlet_are_one_system_and_others_need_a_gauge():
    system = only()

    assert system.system_id == "nette"
    assert set(system.rivers) == {"nette", "nitz", "krufter"}
    assert {reach.river_id for reach in system.reaches} == {"nette", "nitz"}


def test_the_order_of_rows_plays_no_part():
    first = systems()
    for rivers in permutations(RIVERS):
        for gauges in permutations(GAUGES):
            assert systems(rivers, gauges, VILLAGES[::-1]) == first


def test_every_reach_lies_below_all_that_drain_into_it():
    for index, reach in enumerate(only().reaches):
        assert reach.downstream == -1 or reach.downstream > index


def test_a_tributary_enters_where_it_joins():
    reaches = only().reaches
    last = max(index for index, reach in enumerate(reaches) if reach.river_id == "nitz")
    below = reaches[reaches[last].downstream]

    assert (below.river_id, below.upper_km) == ("nette", 36.3)


def test_reaches_are_no_longer_than_wanted_and_cover_the_rivers_from_the_uppermost_gauge():
    reaches = only().reaches
    assert all(0 < reach.upper_km - reach.lower_km <= REACH_KM + 1e-9 for reach in reaches)
    for name, top in (("nette", 43.0), ("nitz", 16.0)):
        own = [reach for reach in reaches if reach.river_id == name]
        assert own[0].upper_km == top
        assert own[-1].lower_km == 0.0
        assert sum(reach.upper_km - reach.lower_km for reach in own) == pytest.approx(top)


def test_gauges_stand_at_the_upper_end_of_a_reach():
    system = only()
    placed = {
        system.gauges[reach.gauge]: (reach.river_id, reach.upper_km)
        for reach in system.reaches
        if reach.gauge >= 0
    }

    assert placed == {site.site_id: (site.river_id, site.river_km) for site in GAUGES}


def test_what_enters_from_the_sides_adds_up_to_the_catchment():
    system = only(gauges=(Site("top", "nette", 54.9),))
    rivers = {row.river_id: row for row in RIVERS}
    entering = sum(reach.lateral_km2 for reach in system.reaches)
    top = upstream_km2(rivers, "nette", 54.9)

    assert top + entering == pytest.approx(area_km2(rivers["nette"]), rel=1e-6)


def test_a_village_above_all_gauges_has_no_place_in_the_graph():
    assert {outlet.place_id for outlet in only().outlets} == {"mayen", "nitztal"}


def test_rivers_in_a_circle_belong_to_no_system():
    circle = (river("a", 20.0, "b", 1.0), river("b", 20.0, "a", 1.0))
    assert systems(rivers=circle, gauges=(Site("g", "a", 5.0),), villages=()) == ()


def test_a_river_without_area_takes_hacks_law():
    assert area_km2(river("nette", 55.0)) == pytest.approx((55.0 / 1.4) ** (1 / 0.6))
