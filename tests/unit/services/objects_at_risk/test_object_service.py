from services.flood.model import State
from services.impacts.model import Reach
from tests.support import sample_objects, sample_water


def views(name="flood", **asked):
    found = sample_objects.service().objects(sample_water.situation(name), **asked)
    return {view.object_id: view for view in found}


def test_an_object_whose_gauge_stands_above_its_value_is_cut_off():
    assert views()["wiese"].reach is Reach.REACHED
    assert views()["weg"].reach is Reach.NOT_TOLD


def test_an_object_of_a_place_is_cut_off_when_the_place_reaches_the_level():
    found = views()["haltestelle"]
    assert found.level is State.VORALARM
    assert found.reach is Reach.EXPECTED
    assert found.earliest is not None
    assert found.likely is not None
    assert found.earliest < found.likely


def test_a_silent_gauge_never_says_that_an_object_can_be_reached():
    assert views()["furt"].reach is Reach.UNKNOWN
    assert {view.reach for view in views("silent").values()} == {Reach.UNKNOWN}


def test_the_most_urgent_object_comes_first():
    order = list(views())
    assert order[0] == "wiese"
    assert order.index("haltestelle") < order.index("furt") < order.index("weg")


def test_an_object_without_a_position_stands_at_its_place_and_says_so():
    found = views()
    assert (found["furt"].lat, found["furt"].is_at_place) == (50.328, True)
    assert (found["weg"].lat, found["weg"].is_at_place) == (50.33, False)
    assert found["schule"].lat is None  # its place has no row either: it is on no map


def test_a_place_has_its_own_objects_only():
    assert set(views(place_id="plaidt")) == {"schule", "haltestelle"}
