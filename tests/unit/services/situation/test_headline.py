from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from services.flood.model import State
from services.situation.headline import headline, subline, without_run
from tests.support import sample_water as sample

NOW = sample.NOW
CALM = sample.situation("calm").villages


def silent(count):
    return [
        replace(sample.NITZ, gauge_id=str(n), name=str(n), is_silent=True) for n in range(count)
    ]


def test_the_headline_names_the_levels_that_its_minutes_belong_to():
    assert headline(sample.VILLAGES, NOW) == (
        "3 Orte können in weniger als 90 Minuten die Warn- oder Alarmstufe erreichen"
    )


def test_a_place_on_two_rivers_is_counted_once_by_its_gravest_entry():
    unknown = [
        replace(view, state=State.UNBEKANNT, has_gauge_above=True) for view in sample.VILLAGES
    ]
    places = len({view.place_id for view in unknown})
    assert len(unknown) > places
    assert headline(unknown, NOW) == f"Keine Aussage für {places} Orte: die Messwerte fehlen"


def test_one_place_is_told_in_the_singular():
    one = [view for view in CALM if view.place_id == "moselkern"]
    assert headline(one, NOW) == "Der eine überwachte Ort liegt unter seinen Schwellen"


def test_places_of_which_only_the_rain_speaks_are_told_apart():
    view = next(view for view in sample.VILLAGES if view.place_id == "trimbs")
    rain = replace(view, result=replace(view.result, path_kind="rain"))
    assert "Für 1 Ort spricht nur der Niederschlag" in subline([rain], [], NOW)


def test_silent_gauges_beyond_three_are_counted():
    assert "0, 1, 2 und ein weiterer melden nicht" in subline([], silent(4), NOW)
    assert "0, 1, 2 und 7 weitere melden nicht" in subline([], silent(10), NOW)
    assert subline([], silent(1), NOW) == "Pegel 0 meldet nicht."


def test_a_calculation_that_stands_since_yesterday_names_the_day():
    zone = ZoneInfo("Europe/Berlin")
    assert "steht seit 17:52 Uhr" in without_run(NOW, NOW, zone)
    assert "steht seit 14.07., 17:52 Uhr" in without_run(NOW, NOW + timedelta(days=1), zone)
