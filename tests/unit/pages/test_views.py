from dataclasses import replace
from datetime import timedelta

from pages.home import _view as home
from pages.legal import _text as legal
from pages.water import _endangered as endangered
from pages.water import _gauge_view as gauge_view
from pages.water import _index_view as index_view
from pages.water import _places as places
from pages.water import _run_view as run_view
from pages.water import _selection as selection
from pages.water import _village_view as village_view
from services.flood.model import State
from services.situation.along import along_of_gauge
from services.situation.model import Point
from tests.support import fakes, sample_along, trees
from tests.support import sample_water as sample

FLOOD = sample.situation()
NOW = sample.NOW


def test_the_endangered_are_sorted_by_level_and_then_by_the_time_that_is_left():
    found = endangered.warned_villages(FLOOD)
    assert [view.place_id for view in found[:3]] == ["virneburg", "nitztal", "rieden-muehlen"]
    words = trees.text(endangered.table_panel(FLOOD))
    assert (
        "11 Orte, nach Stufe, darin die kürzeste Zeit zuerst, wohl schon erreichte zuletzt."
        in words
    )
    assert "keine Zeit mehr bis Alarm" in words
    assert "7 Std. 30 Min. bis Voralarm" in words


def test_without_endangered_places_the_table_says_so():
    words = trees.text(endangered.table_panel(sample.situation("calm")))
    assert "Für 22 Orte mit Pegel oberhalb ist in den nächsten Stunden kein Hochwasser" in words


def test_places_without_gauge_are_a_group_of_their_own_and_not_silent():
    words = trees.text(places.rest(FLOOD))
    assert "Orte ohne Daten (1)" in words
    assert "Davon zählt 1 Ort nicht hier" in words
    assert "Orte ohne Pegel oberhalb (4)" in words


def test_gauges_without_connection_are_listed_apart():
    words = trees.text(places.gauges(FLOOD))
    assert "7 angeschlossene Pegel" in words
    assert "Weitere Pegel ohne Verbindung hierher (2)" in words


def test_the_value_of_a_silent_gauge_is_its_last_one():
    gauges = tuple(replace(g, is_silent=True) if g is sample.NITZ else g for g in FLOOD.gauges)
    words = trees.text(places.gauges(replace(FLOOD, gauges=gauges)))
    assert "zuletzt 1,31 m" in words


def test_the_river_that_is_worst_off_is_shown_first():
    rivers = ["nette", "nitzbach", "elzbach"]
    assert index_view.worst_river(FLOOD, rivers) == "nitzbach"
    assert index_view.worst_river(sample.situation("calm"), rivers) == "nette"
    assert index_view.worst_river(FLOOD, []) == ""


def test_the_walk_says_which_level_its_times_belong_to():
    river = sample.walk("nette", FLOOD)
    first = trees.text(index_view.walk(replace(river, level=State.VORALARM)))
    assert "Alle Zeiten gelten der Stufe Voralarm, dem ersten Wasser." in first
    higher = trees.text(index_view.walk(replace(river, level=State.ALARM)))
    assert "der Stufe Alarm: Die niedrigere Stufe ist hier wohl überall erreicht." in higher


def test_faults_and_a_standing_calculation_are_said_on_top():
    words = trees.text(index_view.lead_lines(sample.situation("silent")))
    assert "Berechnung ist veraltet" in words
    assert "Die Berechnung dieses Gewässers ist gescheitert" in words


def test_a_click_on_the_map_is_answered_in_words():
    village = trees.text(selection.selection(FLOOD, {"kind": "village", "id": "mayen"}))
    assert "Mayen (Altstadt, Bachstraße) (Nette)" in village
    gauge = trees.text(selection.selection(FLOOD, {"kind": "gauge", "id": "iot-nitz"}))
    assert "1,31 m" in gauge
    nothing = trees.text(selection.selection(FLOOD, {"kind": "village", "id": "weg"}))
    assert "auswählen" in nothing


def test_home_shows_each_warned_place_once_and_at_most_six():
    warned = home.worst_villages(FLOOD)
    assert len({view.place_id for view in warned}) == len(warned) == 11
    found = home.overview(FLOOD, fakes_services())
    tiles = [a for a in trees.of_type(found, "Article") if "tile" in a.className]
    assert len(tiles) == 6
    assert "5 weitere Orte" in trees.text(found)


def fakes_services():
    with fakes.installed() as found:
        return found


def test_the_trend_of_a_silent_gauge_is_not_told_as_the_present_one():
    calm = sample.situation("calm")
    gauges = tuple(
        replace(g, is_silent=True, trend_per_h=0.47) if g.river_id == "nitzbach" else g
        for g in calm.gauges
    )
    words = trees.text(home.overview(replace(calm, gauges=gauges), fakes_services()))
    assert "47 cm" not in words
    assert "0 von 1 melden unbekannt" in words


def test_home_lists_silent_gauges_first():
    words = trees.text(home.overview(FLOOD, fakes_services()))
    assert "Stumme Pegel 5 von 7 angeschlossenen Pegeln melden" in words
    assert words.index("Hammesmühle stumm") < words.index("Camping Falkley 1,18 m")


def test_a_gauge_page_shows_value_age_trend_thresholds_and_their_owner():
    detail = sample.gauge_detail(sample.NITZ, 48)
    along = along_of_gauge(sample_along.rivers(), sample.NITZ, FLOOD)
    body = gauge_view.body(detail, NOW, along)
    words = trees.text([gauge_view.lead_lines(detail, NOW), body])
    assert "1,31 m" in words
    assert "vor 7 Min." in words
    assert "steigt um 32 cm je Stunde" in words
    assert "Alarm 1,25 m 28 % 57 % 71 % überschritten" in words
    assert "Schätzung, nicht bestätigt" in words
    assert "Virneburg" in words
    assert "7,0 km, Welle" in words.replace("\N{NO-BREAK SPACE}", " ")
    assert "/api/v1/gauges/iot-nitz/observations.csv?hours=48" in trees.links(
        gauge_view.body(detail, NOW)
    )


def test_the_overview_says_once_that_no_rain_is_known():
    dry = trees.text(index_view.lead_lines(replace(FLOOD, has_rain=False)))

    assert dry.count("ohne Niederschlagsdaten") == 1
    assert "Niederschlagsdaten" not in trees.text(index_view.lead_lines(FLOOD))


def test_a_gauge_page_says_how_readings_become_a_flow():
    detail = sample.gauge_detail(sample.NITZ, 48)

    def words(**changes):
        return trees.text(
            gauge_view.body(replace(detail, gauge=replace(detail.gauge, **changes)), NOW)
        )

    assert "ohne Abflusskurve: Stufen werden von Pegel zu Ort übertragen" in words()
    assert "Abfluss gemessen" in words(mode="discharge")
    assert "Abflusskurve des Betreibers (±15 %)" in words(mode="rating", rating_sigma=0.15)


def test_a_silent_gauge_shows_no_value_but_its_last_age():
    detail = sample.gauge_detail(sample.HAMMESMUEHLE, 48)
    words = trees.text(gauge_view.lead_lines(detail, NOW))
    assert "Stumm kein Wert letzter Messwert vor 2 Std. 17 Min." in words


def test_a_gauge_without_connection_says_why():
    detail = sample.gauge_detail(sample.COCHEM, 48)
    words = trees.text([gauge_view.lead_lines(detail, NOW), gauge_view.body(detail, NOW)])
    assert "kein Anschluss" in words
    assert "nur dem Vergleich" in words
    assert "keine kommunalen Schwellenwerte" in words
    assert "observations.csv" not in "".join(trees.links(gauge_view.body(detail, NOW)))


def test_a_place_on_two_rivers_shows_both_and_the_warned_one_first():
    words = trees.text(village_view.body(sample.village_detail("plaidt", FLOOD), NOW))
    assert words.index("An der Nette") < words.index("Am Thürer/Krufter Bach")


def test_a_place_shows_basis_degradation_and_planning_minutes():
    words = trees.text(village_view.body(sample.village_detail("mayen", FLOOD), NOW))
    assert "Berechnet aus Pegel Nitz" in words
    assert "Hammesmühle fehlt, aus dem Oberlauf gerechnet" in words
    assert "10 % in 1 Std." in words
    assert "2 Std. 52 Min. – 8 Std. 44 Min." in words
    assert "das ist nicht die Zahl der Gefährdeten" in words


def test_a_place_shows_when_each_level_comes_and_says_which_one_is_reached():
    detail = sample.village_detail("nitztal", FLOOD)
    [view] = detail.rivers
    early = sample.outlook(NOW - timedelta(hours=2), State.VORALARM)
    result = replace(view.result, outlook={**view.result.outlook, **early})
    told = replace(detail, rivers=(replace(view, result=result),))
    words = trees.text(village_view.body(told, NOW))
    assert "nutzbar bis Alarm, mindestens · wahrscheinlich 1 Std. 58 Min." in words
    assert "Voralarm wohl seit 15:52 Uhr erreicht" in words
    assert "Voralarm erste Stufe · wohl seit 15:52 Uhr erreicht 15:04 Uhr" in words
    assert "Alarm 19:06 Uhr 20:10 Uhr 21:42 Uhr 60 % 90 %" in words


def test_no_time_has_run_out_for_a_place_where_nothing_is_expected():
    detail = sample.village_detail("nitztal", FLOOD)
    [view] = detail.rivers
    result = replace(view.result, state=State.OK, usable_p10_min=0.0)
    calm = replace(detail, rivers=(replace(view, state=State.OK, result=result),))
    words = trees.text(village_view.body(calm, NOW))
    assert "keine Ankunft erwartet" in words
    assert "unwahrscheinlich" in words
    assert "keine Zeit mehr" not in words
    assert "mindestens · wahrscheinlich" not in words


def test_a_place_whose_level_is_reached_shows_since_when_and_no_empty_bar():
    detail = sample.village_detail("nitztal", FLOOD)
    late = detail.rivers[0].result.latest + timedelta(minutes=5)
    found = village_view.body(detail, late)
    assert "Alarm wohl seit 20:10 Uhr erreicht" in trees.text(found)
    assert not [div for div in trees.of_type(found, "Div") if "hero__bar" in str(div.className)]


def test_side_brooks_are_always_named():
    words = trees.text(village_view.body(sample.village_detail("isenburg", FLOOD), NOW))
    assert "Seitenbäche" in words


def test_a_place_without_gauge_above_gets_neither_warning_nor_all_clear():
    words = trees.text(village_view.body(sample.village_detail("weibern", FLOOD), NOW))
    assert "Kein Pegel oberhalb" in words
    assert "weder Warnung noch Entwarnung" in words
    assert "Ruhig" not in words


def test_a_run_is_compared_with_what_it_was_asked_against():
    run = fakes.sample_run("r", "fertig", {"gauge_id": "iot-nitz", "rise_per_h": 0.3, "hours": 3})
    words = trees.text(run_view.body(run))
    assert "Virneburg Nitzbach Ruhig kein Anstieg erwartet Alarm" in words
    assert "ändern sich nicht" in words
    same = replace(run, baseline=run.villages)
    assert "Kein Ort ändert sich" in trees.text(run_view.body(same))


def test_a_supposition_changes_only_places_below_its_gauge():
    run = fakes.sample_run("r", "fertig", {"gauge_id": "iot-nitz", "rise_per_h": 0.3, "hours": 3})
    below = frozenset({("virneburg", "nitzbach")})
    words = trees.text(run_view.body(run, below))
    assert "Virneburg" in words
    assert "Monreal" not in words
    assert "Unverändert: 21 Orte oberhalb des Pegels oder an anderen Gewässern" in words
    assert run_view.headline(run, below) == "Was wäre wenn: 1 Ort unterhalb gefährdet"


def test_a_supposition_says_from_which_value_it_starts_and_which_rain_counts():
    run = fakes.sample_run("r", "fertig", {"gauge_id": "iot-nitz", "rise_per_h": 0.3, "hours": 3})
    start = Point(run.as_of, 1.31, 1)
    words = trees.text(run_view.lead_lines(run, FLOOD, start))
    assert "um 30 cm je Stunde, von 1,31 m (gemessen" in words
    assert "auf 2,21 m." in words
    assert "Der bekannte Niederschlag ist eingerechnet, soweit Daten da sind" in words


def test_a_failed_run_says_what_to_do():
    run = replace(fakes.sample_run("r", "fehlgeschlagen", {}), message="Der Speicher fehlt.")
    words = trees.text(run_view.body(run))
    assert "Der Speicher fehlt. Unter Gewässer lässt sich eine neue starten." in words


def test_missing_legal_texts_are_said_to_be_missing():
    assert "COCKPIT_IMPRINT" in trees.text(
        legal.operator_text(" \n ", "COCKPIT_IMPRINT", "Impressum")
    )
    written = legal.operator_text("Kreis\n\nMusterweg 1", "COCKPIT_IMPRINT", "Impressum")
    assert [p.children for p in trees.of_type(written, "P")] == ["Kreis", "Musterweg 1"]


def test_the_worst_state_of_a_calm_county_is_calm():
    assert sample.situation("calm").worst is State.OK
