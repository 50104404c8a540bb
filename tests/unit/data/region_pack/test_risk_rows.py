import pytest
from pydantic import ValidationError

from data.region_pack.checks import cross_faults
from data.region_pack.loader import load_region
from data.region_pack.risk_rows import ObjectRow
from tests.support.sample_objects import row


def refused(**changes):
    with pytest.raises(ValidationError) as caught:
        row("x", **changes)
    return str(caught.value)


def test_an_object_is_cut_off_by_a_level_or_by_a_reading_never_by_both_or_none():
    at = {"place_id": "mayen", "river_id": "nette"}
    assert "entweder level oder" in refused(**at)
    assert "entweder level oder" in refused(**at, level="alarm", gauge_id="a", value="1")
    assert "entweder level oder" in refused(**at, level="alarm", value="1")
    assert isinstance(row("x", **at, level="alarm"), ObjectRow)


def test_a_level_needs_a_place_and_an_object_a_position_or_a_place():
    assert "place_id und river_id" in refused(lat="50", lon="7", level="alarm")
    assert "place_id oder lat und lon" in refused(gauge_id="a", value="1")
    assert "nur zusammen" in refused(place_id="mayen", gauge_id="a", value="1", lat="50")


def test_every_object_and_peak_of_the_region_names_its_source(region_dir):
    pack = load_region(region_dir)
    assert len(pack.objects) > 10
    assert all(item.source and item.confidence for item in (*pack.objects, *pack.gauge_events))
    assert all(item.provisional for item in pack.objects)  # none is confirmed by a municipality


def test_an_object_of_a_place_off_its_river_is_a_fault(region_dir):
    pack = load_region(region_dir)
    wrong = pack.objects[0].model_copy(update={"river_id": "saynbach"})
    changed = type(pack)(
        **{name: getattr(pack, name) if name != "objects" else (wrong,) for name in pack.__slots__}
    )
    lines = {
        name: tuple(range(len(getattr(pack, name))))
        for name in pack.__slots__
        if isinstance(getattr(pack, name), tuple)
    }
    lines["objects"] = (2,)
    [fault] = list(cross_faults(changed, lines))
    assert "liegt in exposures.csv nicht an" in str(fault)
