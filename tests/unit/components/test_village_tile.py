from dataclasses import replace
from datetime import timedelta

from components import village_tile
from tests.support import sample_water as sample
from tests.support import trees

NOW = sample.NOW


def named(place_id):
    return next(view for view in sample.VILLAGES if view.place_id == place_id)


def test_a_tile_carries_the_number_the_state_and_the_way_in():
    tile = village_tile.village_tile(named("nitztal"), NOW, sample.RUN_AT)
    words = trees.text(tile)
    assert "54 Min." in words
    assert "Alarm" in words
    assert trees.links(tile) == ["/gewaesser/ort/nitztal"]
    assert "state--alarm" in tile.className


def test_a_tile_of_a_kept_warning_has_no_invented_number():
    words = trees.text(village_tile.village_tile(named("polch-ruitsch"), NOW, NOW))
    assert "Ankunft offen" in words
    assert "mindestens" not in words


def test_a_tile_without_time_left_still_tells_the_likely_minutes():
    words = trees.text(village_tile.village_tile(named("virneburg"), NOW, sample.RUN_AT))
    assert "keine Zeit mehr bis Alarm, im ungünstigsten Fall wahrscheinlich 42 Min." in words


def test_a_tile_of_a_place_that_is_probably_reached_says_since_when():
    late = named("virneburg").result.latest + timedelta(minutes=10)
    words = trees.text(village_tile.village_tile(named("virneburg"), late, late))
    assert "wohl seit 18:54 Uhr erreicht" in words
    assert "nutzbar" not in words


def test_a_tile_of_which_only_the_rain_speaks_says_so():
    view = named("trimbs")
    rain = replace(view, result=replace(view.result, path_kind="rain"))
    assert "nur Niederschlag" in trees.text(village_tile.village_tile(rain, NOW, NOW))


def test_a_tile_of_a_warning_that_no_data_supports_any_more_says_since_when():
    view = named("virneburg")
    held = replace(view, result=replace(view.result, held_since=NOW))
    late = view.result.latest + timedelta(minutes=10)
    words = trees.text(village_tile.village_tile(held, late, late))
    assert "seit 17:52 Uhr keine Daten" in words
    assert "erreicht" not in words
