from services.flood.model import State
from services.situation.along import along_of_gauge, along_of_place
from tests.support import sample_along
from tests.support import sample_water as sample

SITUATION = sample.situation()
REGION = sample_along.rivers()


def test_the_nearest_stop_comes_first_with_its_way_along_the_water():
    [along] = along_of_gauge(REGION, sample.NITZ, SITUATION)
    assert [stop.target_id for stop in along.below[:2]] == ["virneburg", "nitztal"]
    assert along.below[0].distance_km == 7.0
    assert along.below[0].travel_p10_min < along.below[0].travel_p50_min
    assert [stop.target_id for stop in along.above] == ["bruecktal"]


def test_the_way_leads_through_the_mouth_into_the_next_river_and_up_every_tributary():
    [along] = along_of_gauge(REGION, sample.HAMMESMUEHLE, SITUATION)
    above = {stop.target_id: stop.distance_km for stop in along.above}
    assert round(above["nitztal"], 1) == 5.3  # 3 km on the Nitzbach, 2.3 km on the Nette
    assert "monreal" not in above


def test_a_silent_gauge_is_unknown_and_a_gauge_without_a_place_has_no_way():
    own = [view for view in SITUATION.villages if view.place_id == "mayen"]
    [along] = along_of_place(REGION, own, SITUATION)
    silent = next(stop for stop in along.above if stop.target_id == "iot-hammesmuehle")
    assert silent.state is State.UNBEKANNT
    assert along_of_gauge(REGION, sample.COCHEM, SITUATION) == ()


def test_a_place_on_two_rivers_has_a_way_on_each_and_never_leads_to_itself():
    own = [view for view in SITUATION.villages if view.place_id == "plaidt"]
    found = along_of_place(REGION, own, SITUATION)
    assert {along.river_name for along in found} == {"Nette", "Thürer/Krufter Bach"}
    every = [stop.target_id for along in found for stop in (*along.above, *along.below)]
    assert "plaidt" not in every
