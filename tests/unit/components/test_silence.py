from dataclasses import replace

from components.silence import calm_sentence, places_and_rows, unknown_places
from services.flood.model import State
from tests.support import sample_water as sample

CALM = [view for view in sample.situation("calm").villages if view.has_gauge_above]


def test_calm_is_said_only_as_far_as_readings_carry_it():
    assert "kein Hochwasser zu erwarten" in calm_sentence(CALM)
    one = [replace(CALM[0], state=State.UNBEKANNT), *CALM[1:]]
    words = calm_sentence(one)
    assert words.startswith("Für 1 Ort gibt es keine Aussage")
    assert "Keine Daten ist keine Entwarnung" in words


def test_without_any_reading_nothing_is_said_to_be_calm():
    words = calm_sentence([replace(view, state=State.UNBEKANNT) for view in CALM])
    assert "zu erwarten" not in words
    assert "keine Entwarnung" in words


def test_without_any_gauge_above_nothing_is_said_to_be_calm():
    blind = [replace(view, has_gauge_above=False) for view in CALM]
    assert "zu erwarten" not in calm_sentence(blind)
    assert "zu erwarten" not in calm_sentence([])


def test_a_place_that_is_warned_on_one_river_is_not_counted_as_unknown():
    villages = sample.situation().villages
    assert unknown_places(villages) == 1


def test_a_place_on_two_rivers_is_one_place_in_two_rows():
    plaidt = [view for view in sample.VILLAGES if view.place_id == "plaidt"]
    assert places_and_rows(plaidt) == "1 Ort in 2 Zeilen (ein Ort an zwei Gewässern hat zwei)"
    assert places_and_rows(plaidt[:1]) == "1 Ort"
