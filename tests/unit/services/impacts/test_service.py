"""Impacts beside a situation: reached, expected, unknown; silence is never "not reached"."""

import pytest
from pydantic import ValidationError

from data.region_pack.loader import load_region
from services.flood.model import State
from services.impacts.model import Reach
from tests.support import sample_impacts, sample_water
from tests.support.sample_impacts import row, service


def found(name, **asked):
    views = service().impacts(sample_water.situation(name), **asked)
    return {view.impact_id: view for view in views}


def test_a_reading_above_the_value_reaches_it_and_below_says_what_is_missing():
    views = found("flood", gauge_id="iot-nitz")
    assert views["nitz-wiese"].reach is Reach.REACHED
    assert views["nitz-strasse"].reach is Reach.NOT_TOLD
    assert views["nitz-strasse"].missing == pytest.approx(1.9 - 1.31)
    assert views["nitz-strasse"].data_at is not None


def test_a_level_of_a_place_has_its_arrival():
    views = found("flood", place_id="plaidt")
    assert set(views) == {"plaidt-schule", "plaidt-strasse"}
    assert views["plaidt-strasse"].level is State.VORALARM
    assert views["plaidt-strasse"].earliest is not None
    assert views["plaidt-strasse"].reach in {Reach.EXPECTED, Reach.POSSIBLE}
    assert views["plaidt-schule"].reach is Reach.NOT_TOLD
    assert views["plaidt-schule"].earliest is None


@pytest.mark.parametrize("name", ["silent", "empty"])
def test_without_data_nothing_is_said_to_be_dry(name):
    views = found(name)
    assert views
    for view in views.values():
        assert view.reach in {Reach.UNKNOWN, Reach.REACHED}, view.impact_id


def test_the_most_urgent_come_first():
    order = [Reach.REACHED, Reach.EXPECTED, Reach.POSSIBLE, Reach.UNKNOWN, Reach.NOT_TOLD]
    views = service().impacts(sample_water.situation("flood"))
    ranks = [order.index(view.reach) for view in views]
    assert ranks == sorted(ranks)
    assert len(views) == len(sample_impacts.ROWS)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"gauge_id": "iot-nitz"},
        {"value": "1.2"},
        {"level": "alarm", "gauge_id": "iot-nitz", "value": "1.2"},
        {"level": "hoch"},
        {"level": "alarm", "kind": "kirche"},
        {"level": "alarm", "observed_on": "2021-02-30"},
        {"level": "alarm", "what": ""},
    ],
)
def test_a_row_needs_exactly_one_thing_that_reaches_it(changes):
    with pytest.raises(ValidationError):
        row("x", "plaidt", "nette", **changes)


def test_the_shipped_impacts_lie_at_places_and_name_their_source(region_dir):
    pack = load_region(region_dir)
    places = {(each.place_id, each.river_id) for each in pack.exposures}
    assert len(pack.impacts) >= 10
    for each in pack.impacts:
        assert (each.place_id, each.river_id) in places
        assert each.source
        assert "estimate" in each.confidence
