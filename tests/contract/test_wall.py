"""The wall page: complete, numbered as on its map, silent about nothing, no buttons for walls."""

import importlib
from dataclasses import replace
from datetime import timedelta

import dash
import pytest
from dash import html

from components import formats
from pages.operations._wall_measures import measures
from pages.operations._wall_rows import wall_rows
from services.all_clear.model import Area
from services.duty_note.service import DutyNoteView
from services.flood.model import State
from services.people.identity import acting
from services.people.model import Role
from tests.support import sample_plan, trees
from tests.support.sample_night import all_clear
from tests.support.sample_people import identity_of
from tests.support.sample_wall import rain_loop
from tests.support.sample_water import NOW

CRISIS = identity_of(Role.CRISIS)
WALL = identity_of(Role.CRISIS, is_wall=True)
HEADLINE, LEAD, NOTE, PLACES, MAP, WALK, ALARMS, QUIET, MEASURES, WEATHER = range(10)


@pytest.fixture
def page(app):
    return importlib.import_module("pages.operations.wall")


def shown(page, who=CRISIS, marks=None):
    with acting(who):
        return page.show_wall("run-1", None, marks)


def note(**changes):
    until = NOW + timedelta(hours=1)
    made = DutyNoteView(1, "Wache bleibt.", "Dienst", NOW, until, is_public=False, is_over=False)
    return replace(made, **changes)


def test_every_region_has_words(page):
    made = shown(page)
    assert all(len(str(part)) > len("Div([])") for part in made[: WEATHER + 1])
    assert trees.text(made[LEAD]).strip()
    assert made[-1] == "run-1"


def test_the_tiles_carry_the_numbers_of_the_map(page):
    found = shown(page)
    tiles = trees.text(found[PLACES])
    drawing = str(found[MAP])
    for number in range(1, 4):
        assert str(number) in tiles
        assert f">{number}</text>" in drawing


def test_a_region_that_the_screen_shows_is_not_sent_again(page, found):
    marks = shown(page)[-2]
    assert set(shown(page, marks=marks)[:-2]) == {dash.no_update}
    found.notes.note = note()
    again = shown(page, marks=marks)
    assert "Wache bleibt." in trees.text(again[NOTE])
    assert [part for part in again[:-2] if part is not dash.no_update] == [again[NOTE]]


@pytest.mark.parametrize("marks", [None, {}, {"wall-note": 7}, ["x"], "x"])
def test_a_screen_whose_marks_are_unknown_gets_everything(page, marks):
    assert all(part is not dash.no_update for part in shown(page, marks=marks))


def test_a_wall_has_no_button_and_who_may_act_has_one(page):
    assert trees.of_type(shown(page, WALL)[ALARMS], "Button") == []
    assert len(trees.of_type(shown(page)[ALARMS], "Button")) == 1


def test_without_the_right_there_are_words_and_no_content(page):
    head, words, *rest = shown(page, identity_of(Role.PLANNER))
    assert head == "Lage unbekannt"
    assert "darf das nicht" in trees.text(words)
    assert rest.pop(-2) == {}
    assert all(part is dash.no_update for part in rest)


def test_a_text_that_is_over_is_not_read_as_now(page, found):
    found.notes.note = note()
    assert "Wache bleibt." in trees.text(shown(page)[NOTE])
    found.notes.note = note(is_over=True)
    over = trees.text(shown(page)[NOTE])
    assert "Wache bleibt." not in over
    assert "abgelaufen" in over


def test_a_higher_state_that_stays_says_since_when_the_data_show_less(page, found):
    made = found.situation.situation()
    first = page.view.ordered(made)[0]
    kept = replace(first.result, lower_state=State.VORALARM, lower_since=NOW - timedelta(minutes=9))
    villages = tuple(replace(v, result=kept) if v == first else v for v in made.villages)
    tiles = page.view.place_tiles(replace(made, villages=villages))
    assert "bleibt; seit" in trees.text(tiles)
    assert "zeigen die Daten weniger" in trees.text(tiles)


@pytest.mark.parametrize(
    ("count", "words"),
    [(6, ""), (7, "und 1 weiterer Ort, siehe Karte"), (9, "und 3 weitere Orte, siehe Karte")],
)
def test_places_beyond_the_tiles_are_counted_in_words(page, found, count, words):
    made = found.situation.situation()
    alike = (page.view.ordered(made)[0],) * count
    text = trees.text(page.view.place_tiles(replace(made, villages=alike)))
    assert (words in text) if words else ("weiter" not in text)


def test_lists_of_the_wall_say_how_many_there_are_in_all(page):
    made = measures(sample_plan.board())
    [listed] = trees.of_type(made, "Ul")
    assert getattr(listed, "data-total") == str(len(sample_plan.board().unfinished))
    count = "1 Maßnahme offen" if getattr(listed, "data-total") == "1" else "Maßnahmen offen"
    assert count in trees.text(made)
    for one, total, words in (("weiterer", 1, ""), ("weiterer", 2, "und 1 weiterer")):
        assert trees.text(wall_rows([html.Li("")], total, one)) == words
    assert trees.text(wall_rows([html.Li("")], 7, "weitere")) == "und 6 weitere"


def test_no_radar_is_told_and_is_no_dry_map(page, found):
    found.wall.rain.found = rain_loop(past=0, ahead=0)
    assert "Kein Radarbild" in trees.text(shown(page)[WEATHER])
    found.wall.rain.found = rain_loop(analysed_min=45)
    assert "veraltet" in trees.text(shown(page)[WEATHER])
    found.wall.rain.found = rain_loop(wet=0.0)
    assert "kein Regen" in trees.text(shown(page)[WEATHER])


def test_the_pictures_of_a_version_are_a_file_that_browsers_may_keep(client, found):
    answer = client.get("/api/v1/rain-pictures.png?v=abc")
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/png", b"abc")
    assert answer.cache_control.max_age


def test_pictures_that_are_gone_are_refused_in_words(client, found):
    found.wall.rain.is_over = True
    answer = client.get("/api/v1/rain-pictures.png?v=abc")
    assert answer.status_code == 404
    assert "nicht mehr" in answer.get_json()["detail"]


def test_an_all_clear_stands_there_with_its_time_and_until_when(page, found):
    given_at = NOW - timedelta(minutes=12)
    found.situation.name = "calm"
    found.wall.clears.given = (all_clear(given_at=given_at),)
    said = trees.text(shown(page)[NOTE])
    assert "Entwarnung für Nette" in said
    assert "von Diensthabende" in said
    assert "vor 12" in said
    until = formats.brief(NOW + timedelta(hours=11, minutes=48), NOW).replace(formats.NBSP, " ")
    assert f"steht hier bis {until}" in said
    assert "trotz" not in said
    found.wall.clears.given = (all_clear(given_at=given_at, failed=("Regen",)),)
    assert "trotz offener Bedingung" in trees.text(shown(page)[NOTE])


def test_an_all_clear_says_what_speaks_against_it_and_is_not_green_then(page, found):
    found.wall.clears.given = (all_clear(given_at=NOW - timedelta(minutes=12)),)
    said = shown(page)[NOTE]
    assert "Dagegen steht: 8 Orte dort jetzt gewarnt, am höchsten Warnung" in trees.text(said)
    assert "Gilt bis zur nächsten Warnung" not in trees.text(said)
    assert "shape--warnung" in str(said)
    assert "shape--ok" not in str(said)


def test_an_all_clear_of_yesterday_is_not_shown_any_more(page, found):
    found.wall.clears.given = (all_clear(given_at=NOW - timedelta(hours=12)),)
    assert "Entwarnung" not in trees.text(shown(page)[NOTE])


def test_many_all_clears_are_one_line_that_names_them(page, found):
    areas = [Area(f"r{number}", f"Bach {number}") for number in range(3)]
    found.wall.clears.given = tuple(
        all_clear(area=area, given_at=NOW - timedelta(minutes=number))
        for number, area in enumerate(areas)
    )
    said = trees.text(shown(page)[NOTE])
    assert "Entwarnung für Bach 0" in said
    assert said.count("steht hier bis") == 1
    assert "Entwarnung auch für Bach 1, Bach 2." in said


def test_the_words_of_the_duty_officer_stay_beside_an_all_clear(page, found):
    found.wall.clears.given = (all_clear(given_at=NOW),)
    assert "Kein Lagetext" not in trees.text(shown(page)[NOTE])
    found.notes.note = note()
    said = trees.text(shown(page)[NOTE])
    assert "Entwarnung für Nette" in said
    assert "Wache bleibt." in said
